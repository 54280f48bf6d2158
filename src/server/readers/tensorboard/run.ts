import { createHash } from 'node:crypto'
import { closeSync } from 'node:fs'

import type { RunStatus } from '#contract/run.ts'
import type { UnchangedRecord } from '#server/readers/reader.ts'
import type { RunRecord, SourceRecord } from '#server/readers/record.ts'
import { decodeText, isGone, openForReading, readFaultReason, readFully, statRegular } from '#server/readers/text-file.ts'

import { EventDecoder } from './event-decoder.ts'
import { hostOf } from './event-files.ts'
import { parseHparams } from './hparams-yaml.ts'
import { type EventHooks, readEvents } from './read-events.ts'
import { isRecent, listRunFiles, readerVersion, type RunFile, type RunFiles } from './run-files.ts'
import type { RunPlace } from './run-place.ts'
import { RunSink, sessionFailed, sessionSucceeded } from './run-sink.ts'
import { TagTable } from './tag-table.ts'

/** Points of a run that are held in memory; those of a longer one are read once more, after its record. */
const heldPoints = 1024 * 1024
/** Points gathered before they are handed out. */
const partPoints = 65_536
const hparamsBytes = 1024 * 1024
const issuesListed = 20

export interface RunLimits {
  held: number
  part: number
}

/** What could not be read of a run: the first ones each, the others counted. */
class Faults {
  readonly listed: { path: string; reason: string }[] = []
  more = 0
  /** Nothing was left out and no file went away. */
  clean = true

  add(path: string, reason: string): void {
    this.clean = false
    if (this.listed.length < issuesListed) this.listed.push({ path, reason })
    else this.more += 1
  }

  *records(directory: string): Generator<SourceRecord> {
    for (const { path, reason } of this.listed) yield { type: 'issue', path, line: null, reason }
    if (this.more > 0) yield { type: 'issue', path: directory, line: null, reason: `${this.more} more records could not be read` }
  }
}

/** How far the files of a run were read, for what comes after that. */
export interface RunProgress {
  files: RunFiles
  decoder: EventDecoder
  sink: RunSink
  /** End of the last whole record, by path. */
  ends: Map<string, number>
  params: RunRecord['params']
  status: RunStatus
}

/**
 * Reads one run: its record, its points, its issues; nothing more than that it is unchanged where `known` is its fingerprint.
 * `onEnd` is told how far it came when the points were taken.
 */
export function* readRun(
  place: RunPlace,
  known: string | undefined,
  limits: RunLimits = { held: heldPoints, part: partPoints },
  onEnd: (progress: RunProgress) => void = () => {},
): Generator<SourceRecord | UnchangedRecord, void> {
  const { foreignId, directory, parent } = place
  const faults = new Faults()
  let files: RunFiles
  try {
    files = listRunFiles(directory)
  } catch (error) {
    if (!isGone(error)) yield { type: 'issue', path: directory, line: null, reason: readFaultReason(error) }
    return
  }
  if (files.events.length === 0) return
  const fingerprint = `${files.fingerprint}\n${parent}`
  if (known === fingerprint) {
    yield { type: 'unchanged', foreignId }
    return
  }

  const hash = createHash('sha1').update(String(readerVersion))
  let current = ''
  const ends = new Map<string, number>()
  const sink = new RunSink(limits.held, reason => faults.add(current, reason))
  const hooks: EventHooks = {
    fault: (file, reason) => faults.add(file.path, reason),
    gone: () => (faults.clean = false),
    block: bytes => void hash.update(bytes),
    full: () => false,
    end: (file, wholeEnd) => void ends.set(file.path, wholeEnd),
  }
  const decoder = new EventDecoder(new TagTable(), sink)
  for (const file of files.events) {
    current = file.path
    sink.file = file.name
    hash.update(`\n${file.name}\n${file.size}\n`)
    for (const _ of readEvents([file], decoder, hooks));
  }
  const params = paramsOf(sink, files.hparams, bytes => void hash.update(bytes), faults)
  const status = statusOf(sink, files.fresh)
  const record = recordOf(place, files, sink, status)
  const digest = hash.update(`\n${status}`).digest('hex')
  const media = sink.media.take()
  if (sink.media.left > 0)
    faults.add(directory, `has ${sink.media.left} more images, histograms and texts than the million that are found again`)
  yield { ...record, params, media, digest, fingerprint: faults.clean ? fingerprint : '' }

  const { store } = sink.overflowed ? { store: null } : sink
  if (store) for (const series of store.take()) yield { type: 'points', runForeignId: foreignId, series }
  else yield* readPoints(foreignId, files.events, limits)
  for (const _ of sink.store.take());
  onEnd({ files, decoder, sink, ends, params, status })
  yield* faults.records(directory)
}

/** The points of a run that are too many to be held, in parts. What is wrong with the files was told by the reading before. */
function* readPoints(runForeignId: string, files: readonly RunFile[], { part }: RunLimits): Generator<SourceRecord, void> {
  const sink = new RunSink(Infinity, () => {})
  const hooks: EventHooks = { fault: () => {}, gone: () => {}, block: () => {}, full: () => sink.store.count >= part }
  for (const _ of readEvents(files, new EventDecoder(new TagTable(), sink), hooks)) {
    for (const series of sink.store.take()) yield { type: 'points', runForeignId, series }
  }
  for (const series of sink.store.take()) yield { type: 'points', runForeignId, series }
}

/** Params of the plugin `hparams`; where it gave none those of Lightning's `hparams.yaml`. */
function paramsOf(sink: RunSink, file: RunFile | null, onBytes: (bytes: Buffer) => void, faults: Faults): RunRecord['params'] {
  const yaml = file ? readYaml(file, onBytes, faults) : []
  return sink.params.size > 0 ? [...sink.params] : yaml
}

function readYaml(file: RunFile, onBytes: (bytes: Buffer) => void, faults: Faults): RunRecord['params'] {
  try {
    const descriptor = openForReading(file.path)
    try {
      const { size } = statRegular(descriptor)
      if (size > hparamsBytes) {
        faults.add(file.path, `is larger than 1 MiB (${size} bytes); not read`)
        return []
      }
      const bytes = Buffer.alloc(size)
      const text = decodeText(bytes, 0, readFully(descriptor, bytes, 0, size, 0))
      onBytes(bytes)
      if (!text.valid) faults.add(file.path, 'is not UTF-8; read as Latin-1')
      return parseHparams(text.text)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (isGone(error)) faults.clean = false
    else faults.add(file.path, error instanceof Error && !('code' in error) ? error.message : readFaultReason(error))
    return []
  }
}

/**
 * An event file does not say that its writer has ended. Where the plugin `hparams` tells how the session ended, that holds, unless
 * scalars still come well after it: Lightning writes "success" when it starts. Else a run goes on while both its files and its last event
 * are of the last ten minutes: files alone would make each fresh copy or checkout of old runs look like running ones.
 */
export function statusOf({ sessionStatus, wentOn, lastTime }: RunSink, fresh: boolean): RunStatus {
  if (sessionStatus === sessionFailed) return 'failed'
  const goesOn = fresh && isRecent(lastTime)
  return goesOn && !(sessionStatus === sessionSucceeded && !wentOn) ? 'running' : 'finished'
}

/** What the record of a run says but for its params. */
export function recordOf(
  place: RunPlace,
  { events }: Pick<RunFiles, 'events'>,
  { firstTime, lastTime }: RunSink,
  status: RunStatus,
): Omit<RunRecord, 'params' | 'digest' | 'fingerprint'> {
  const milliseconds = (seconds: number) => (Number.isFinite(seconds) ? seconds * 1000 : null)
  return {
    type: 'run',
    foreignId: place.foreignId,
    idIsPath: true,
    projectForeignId: place.projectForeignId,
    path: place.foreignId,
    name: place.name,
    status,
    kind: '',
    user: '',
    start: milliseconds(firstTime),
    end: status === 'running' ? null : milliseconds(lastTime),
    host: hostOf(events[0]?.name ?? ''),
    gitCommit: '',
    gitBranch: '',
    gitRepository: '',
    gitDirty: false,
    command: '',
    framework: '',
    note: '',
    parent: place.parent,
    deletedAt: null,
    tags: [],
    series: [],
    datasets: [],
    models: [],
    artifacts: null,
  }
}
