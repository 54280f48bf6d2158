import type { ReadIssue, SourceState } from '#contract/source.ts'
import type { FoundSource, RunReader } from '#server/readers/reader.ts'
import type { StoredSource } from '#server/store/sources.ts'
import type { Caller } from '#server/store/threads.ts'

import { RunBuilder } from './prepare-run.ts'
import type { Batch, WriterService } from './writer.ts'

/** Progress of one source, sent while it is read. */
export interface SourceProgress {
  source: StoredSource
  state: SourceState
  runs: number
  runsFound: number | null
  points: number
  issues: number
  issueList: ReadIssue[]
  readMs: number | null
}

/** Batches that may wait for the writer: bounds memory without ever letting it idle. */
const credits = 4
const batchRuns = 250
const batchBytes = 4 * 1024 * 1024
/** A batch is sent after this long even when it is small, so that the first rows are soon seen. */
const batchMs = 200
const issuesKept = 1_000

function emptyBatch(source: number): Batch {
  return { source, projects: [], runs: [], models: [], registeredModels: [] }
}

function bytesOf(run: Batch['runs'][number]): number {
  const texts = [...run.params, ...run.tags].reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  const pages = run.pages.reduce((sum, page) => sum + page.blocks.length, 0)
  return texts + pages + run.chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0)
}

/**
 * Reads one source into the store and reports progress. A file that cannot be taken becomes an issue; an error that ends the
 * reading itself leaves what was read, and the state `failed` with its reason. Returns the last progress. `copies` as in `ReadOptions`.
 */
export async function importSource(
  found: FoundSource,
  reader: RunReader,
  write: Caller<WriterService>,
  report: (progress: SourceProgress) => void,
  copies: string,
): Promise<SourceProgress> {
  const started = performance.now()
  const { source, fingerprints } = await write('claim', { format: found.format, path: found.path, name: found.name, marks: found.marks })
  const progress: SourceProgress = { source, state: 'reading', runs: 0, runsFound: null, points: 0, issues: 0, issueList: [], readMs: null }
  const tell = (change: Partial<SourceProgress>) => report(Object.assign(progress, change))
  tell({ state: 'reading' })
  const addIssue = ({ path, line, reason }: ReadIssue) => {
    progress.issues += 1
    if (progress.issueList.length < issuesKept) progress.issueList.push({ path, line, reason })
  }

  const pending = new Set<Promise<void>>()
  let failure: unknown = null
  let batch = emptyBatch(source.no)
  let size = 0
  let sentAt = performance.now()
  const send = async () => {
    const full = batch
    batch = emptyBatch(source.no)
    size = 0
    sentAt = performance.now()
    // Moved, not copied: long series are most of what an import sends.
    const chunks = full.runs.flatMap(run => run.chunks.map(({ bytes }) => bytes.buffer))
    const done: Promise<void> = write('write', full, chunks).then(
      () => void pending.delete(done),
      (error: unknown) => {
        failure = error
        pending.delete(done)
      },
    )
    pending.add(done)
    while (pending.size >= credits) await Promise.race(pending)
    tell({})
  }

  const seen = new Set<string>()
  let builder: RunBuilder | null = null
  const endRun = () => {
    if (!builder) return
    const run = builder.finish()
    builder = null
    progress.runs += 1
    progress.points += run.points
    size += bytesOf(run)
    batch.runs.push(run)
  }
  const whole = async () => {
    tell({ runsFound: reader.count(found) })
    for (const record of reader.read(found, { known: id => fingerprints.get(id), copies })) {
      if (record.type !== 'points') endRun()
      switch (record.type) {
        case 'project':
          batch.projects.push(record)
          break
        case 'run':
          seen.add(record.foreignId)
          builder = new RunBuilder(record)
          break
        case 'points':
          builder?.add(record.series)
          break
        case 'unchanged':
          seen.add(record.foreignId)
          progress.runs += 1
          break
        case 'model':
          batch.models.push(record)
          break
        case 'registered-model':
          batch.registeredModels.push(record)
          break
        case 'issue':
          addIssue(record)
          break
      }
      if (batch.runs.length >= batchRuns || size >= batchBytes || performance.now() - sentAt > batchMs) await send()
      if (failure) throw failure
    }
    endRun()
    await send()
    await Promise.all(pending)
    if (failure) throw failure
  }

  try {
    await whole()
    progress.state = progress.runs > 0 || batch.projects.length > 0 ? 'ready' : 'empty'
  } catch (error) {
    progress.state = 'failed'
    addIssue({ path: found.path, line: null, reason: error instanceof Error ? error.message : String(error) })
  }
  const readMs = performance.now() - started
  const { runs, points, issues, state } = progress
  const ended = await write('finish', {
    source: source.no,
    result: { state, runs, points, issues, readMs },
    issues: progress.issueList,
    seen: state === 'failed' ? null : seen,
  })
  tell({ readMs, runs: ended.runs, points: ended.points })
  return progress
}
