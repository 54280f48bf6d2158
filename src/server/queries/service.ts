import type { OperationName, Parsed } from '#contract/operations.ts'

import { artifactRoot } from './artifact-root.ts'
import { compareRuns } from './compare-runs.ts'
import { getRun } from './get-run.ts'
import { groupRuns } from './group-runs.ts'
import { listKeys } from './list-keys.ts'
import { listProjects } from './list-projects.ts'
import { listRuns } from './list-runs.ts'
import { listValues } from './list-values.ts'
import { listMedia, mediaRecords, type MediaAsk } from './media.ts'
import { readGroups } from './read-groups.ts'
import { readSeries } from './read-series.ts'
import { readWindows } from './read-windows.ts'
import { openReader } from './reader.ts'

/** Operations that the reader thread answers. */
export type ReaderOperation = Extract<
  OperationName,
  'projects' | 'runsPage' | 'keys' | 'values' | 'run' | 'series' | 'seriesWindows' | 'groupWindows' | 'runGroups' | 'comparison' | 'media'
>

/** Of more runs that one commit changed it is not told which. */
const namedRuns = 100

export type ReaderService = ReturnType<typeof createReader>['service']

/**
 * The reading side of a home. Answers are encoded here, on the thread that has them, so that the main thread passes bytes on.
 * `changed` renews what is held of the runs that a commit touched, `named` gives the ids of what it touched.
 */
export function createReader(file: string) {
  const reader = openReader(file)
  const encoder = new TextEncoder()
  const json = (value: unknown) => encoder.encode(JSON.stringify(value))
  let warming = false
  // One column a turn, so that a request waits for one at the most.
  const next = () => {
    try {
      warming = reader.columns.loadWished()
    } catch {
      // The page that asks for this column next meets the same fault and says it; thrown here it would end the thread.
    }
    if (warming) setImmediate(next)
  }
  const warm = () => {
    if (!warming) setImmediate(next)
    warming = true
  }
  const service = {
    projects: (_input: Parsed<'projects'>) => json(listProjects(reader)),
    runsPage: (input: Parsed<'runsPage'>) => {
      const page = json(listRuns(reader, input))
      warm()
      return page
    },
    keys: (input: Parsed<'keys'>) => json(listKeys(reader, input)),
    values: (input: Parsed<'values'>) => json(listValues(reader, input)),
    run: (input: Parsed<'run'>) => json(getRun(reader, input)),
    comparison: (input: Parsed<'comparison'>) => json(compareRuns(reader, input)),
    series: (input: Parsed<'series'>) => readSeries(reader, input),
    seriesWindows: (input: Parsed<'seriesWindows'>) => readWindows(reader, input),
    groupWindows: (input: Parsed<'groupWindows'>) => readGroups(reader, input),
    runGroups: (input: Parsed<'runGroups'>) => json(groupRuns(reader, input)),
    media: (input: Parsed<'media'>) => json(listMedia(reader, input)),
    mediaRecords: (input: MediaAsk) => mediaRecords(reader, input),
    artifactRoot: (input: { run: string; model: string }) => artifactRoot(reader, input),
    close: (_input: null) => {
      reader.columns.drop([])
      reader.database.close()
    },
  } satisfies Record<ReaderOperation, unknown> & Record<string, unknown>
  /** Ids of what a commit changed, by its numbers; null where it is not known, or too much to tell. */
  const idsOf = (table: 'project' | 'run', numbers: readonly number[]): string[] => {
    // The writer closes last, and what it still commits comes here.
    if (!reader.database.isOpen) return []
    const find = reader.database.prepare(`select id from ${table} where no = ?`)
    return numbers.map(no => find.get(no)).flatMap(row => (row ? [String(row['id'])] : []))
  }
  const named = (projects: readonly number[], runs: readonly number[] | null) => ({
    projects: projects.length === 0 ? null : idsOf('project', projects),
    runs: runs === null || runs.length > namedRuns ? null : idsOf('run', runs),
  })
  return {
    service,
    changed: (projects: readonly number[], runs: readonly number[] | null) => reader.columns.changed(projects, runs),
    named,
  }
}
