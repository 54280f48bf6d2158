import * as z from 'zod/mini'

import { artifactFolder } from './artifact.ts'
import { comparison, comparisonInput } from './comparison.ts'
import { groupWindowsInput } from './group-window.ts'
import { histograms, mediaList, mediaPlace, mediaText, prCurve } from './media.ts'
import { runGroups, runGroupsInput } from './run-groups.ts'
import { runDetail } from './run.ts'
import { keysPage, runsPage, runsPageInput, valuesPage } from './runs-page.ts'
import { seriesWindowsInput } from './series-window.ts'
import { health, project, sourceEntry } from './source.ts'

/** Who may call: everything here is reading, so far. */
export type Role = 'reader' | 'writer'

/**
 * The one list of operations. The server declares its routes from it, the client infers its calls from it.
 * `GET` takes its input from the query string, `POST` from a JSON body. `output: null` is a stream of bytes.
 */
export const operations = {
  health: { method: 'GET', path: '/api/health', role: 'reader', limit: 0, input: z.object({}), output: health },
  sources: { method: 'GET', path: '/api/sources', role: 'reader', limit: 0, input: z.object({}), output: z.array(sourceEntry) },
  projects: { method: 'GET', path: '/api/projects', role: 'reader', limit: 0, input: z.object({}), output: z.array(project) },
  runsPage: { method: 'POST', path: '/api/runs', role: 'reader', limit: 1_048_576, input: runsPageInput, output: runsPage },
  keys: {
    method: 'GET',
    path: '/api/keys',
    role: 'reader',
    limit: 0,
    input: z.object({
      project: z.string(),
      /** Part of the key, case ignored; words may stand apart and out of order. */
      search: z._default(z.string(), ''),
      kind: z._default(z.enum(['any', 'metric', 'param', 'tag', 'attribute']), 'any'),
      limit: z._default(z.coerce.number().check(z.int(), z.positive(), z.maximum(1_000)), 100),
      offset: z._default(z.coerce.number().check(z.int(), z.nonnegative()), 0),
    }),
    output: keysPage,
  },
  values: {
    method: 'GET',
    path: '/api/values',
    role: 'reader',
    limit: 0,
    input: z.object({
      project: z.string(),
      operand: z.string(),
      search: z._default(z.string(), ''),
      limit: z._default(z.coerce.number().check(z.int(), z.positive(), z.maximum(100)), 20),
    }),
    output: valuesPage,
  },
  run: { method: 'GET', path: '/api/run', role: 'reader', limit: 0, input: z.object({ run: z.string() }), output: runDetail },
  /** Runs of any projects side by side; those that are not here are named in the answer. */
  comparison: { method: 'POST', path: '/api/compare', role: 'reader', limit: 1_048_576, input: comparisonInput, output: comparison },
  /** Raw points of one metric as a series frame (`series-frame.ts`), in the order (step, time, arrival). */
  series: {
    method: 'GET',
    path: '/api/series',
    role: 'reader',
    limit: 0,
    input: z.object({ run: z.string(), key: z.string() }),
    output: null,
  },
  /** What charts draw of many series, as a frame (`windows-frame.ts`). */
  seriesWindows: {
    method: 'POST',
    path: '/api/series-windows',
    role: 'reader',
    limit: 1_048_576,
    input: seriesWindowsInput,
    output: null,
  },
  /** What charts draw of groups of runs, as a frame (`windows-frame.ts`). */
  groupWindows: {
    method: 'POST',
    path: '/api/group-windows',
    role: 'reader',
    limit: 1_048_576,
    input: groupWindowsInput,
    output: null,
  },
  runGroups: { method: 'POST', path: '/api/run-groups', role: 'reader', limit: 1_048_576, input: runGroupsInput, output: runGroups },
  /** Images, histograms and texts that a run logged: their tags and steps. */
  media: { method: 'GET', path: '/api/media', role: 'reader', limit: 0, input: z.object({ run: z.string() }), output: mediaList },
  /** One image or piece of audio, as it was logged. */
  mediaFile: {
    method: 'GET',
    path: '/api/media-file',
    role: 'reader',
    limit: 0,
    input: z.extend(mediaPlace, {
      kind: z.enum(['image', 'audio']),
      /** Of several that were logged at once, from 0. */
      index: z._default(z.coerce.number().check(z.int(), z.nonnegative()), 0),
    }),
    output: null,
  },
  mediaText: { method: 'GET', path: '/api/media-text', role: 'reader', limit: 0, input: mediaPlace, output: mediaText },
  /** The histograms of a tag, at even distances where there are more than 64 of them, the last among them; or the one at a step. */
  histograms: {
    method: 'GET',
    path: '/api/histograms',
    role: 'reader',
    limit: 0,
    input: z.partial(mediaPlace, { step: true }),
    output: histograms,
  },
  /** A precision–recall curve of an event file. */
  prCurve: { method: 'GET', path: '/api/pr-curve', role: 'reader', limit: 0, input: mediaPlace, output: prCurve },
  artifacts: {
    method: 'GET',
    path: '/api/artifacts',
    role: 'reader',
    limit: 0,
    input: z.object({ run: z.string(), path: z._default(z.string(), ''), model: z._default(z.string(), '') }),
    output: artifactFolder,
  },
  /** Bytes of one artifact, with Range. */
  artifact: {
    method: 'GET',
    path: '/api/artifact',
    role: 'reader',
    limit: 0,
    input: z.object({ run: z.string(), path: z.string(), model: z._default(z.string(), ''), download: z.optional(z.enum(['1'])) }),
    output: null,
  },
  /** Changes as they happen (`live-event.ts`), as `text/event-stream`. */
  events: { method: 'GET', path: '/api/events', role: 'reader', limit: 0, input: z.object({}), output: null },
} as const satisfies Record<
  string,
  { method: 'GET' | 'POST'; path: `/api/${string}`; role: Role; limit: number; input: z.ZodMiniType; output: z.ZodMiniType | null }
>

export type Operations = typeof operations
export type OperationName = keyof Operations
/** What a caller gives: fields with a default may be left out. */
export type Input<Name extends OperationName> = z.input<Operations[Name]['input']>
/** What a handler gets: defaults filled in. */
export type Parsed<Name extends OperationName> = z.output<Operations[Name]['input']>
/** What comes back; operations that stream bytes answer `Uint8Array`. */
export type Output<Name extends OperationName> = Operations[Name]['output'] extends z.ZodMiniType
  ? z.output<Operations[Name]['output']>
  : Uint8Array
