import type { RunStatus } from '#contract/run.ts'
import type { RunChange, RunPlace, UnchangedRecord } from '#server/readers/reader.ts'
import type { SeriesColumns, SeriesRecord, SourceRecord } from '#server/readers/record.ts'
import type { LogBatch } from '#server/store/append-log.ts'
import type { Caller } from '#server/store/threads.ts'

import { HeldPoints } from './held-points.ts'
import { mediaIndex, RunBuilder } from './prepare-run.ts'
import type { WriterService } from './writer.ts'

type Write = Caller<WriterService>
export type StoredChange = Exclude<RunChange, { type: 'gone' }>

/** Points of one request to the log. */
const batchPoints = 131_072
const session = crypto.randomUUID()
let sent = 0

export interface Stored {
  /** Under which the run grows through the log; null where it was stored whole, undefined where it has to be. */
  number: number | null | undefined
  /** Null where the change does not say it. */
  status: RunStatus | null
}

/** Stores what became of a run: in place of what is there, or as growth through the log. Rejects with the writer's error. */
export async function storeChange(
  write: Write,
  source: number,
  run: { place: RunPlace; number: number | null },
  change: StoredChange,
): Promise<Stored> {
  if (change.type === 'whole') return { number: null, status: await storeWhole(write, source, change.records) }
  const { facts, series, media = [] } = change
  const status = facts?.status ?? null
  if (!facts && series.length === 0 && media.length === 0) return { number: run.number, status }
  const renewal = { source, foreignId: run.place.foreignId, facts: facts && new RunBuilder(facts).finish() }
  const number = facts || run.number === null ? await write('renew', renewal) : run.number
  if (number === null) return { number: undefined, status }
  await Promise.all(logBatches(number, series).map(batch => write('append', batch)))
  if (media.length > 0) await write('media', { run: number, media: media.map(mediaIndex) })
  return { number, status }
}

async function storeWhole(write: Write, source: number, records: Iterable<SourceRecord | UnchangedRecord>): Promise<RunStatus | null> {
  let builder: RunBuilder | null = null
  for (const record of records) {
    if (record.type === 'run') builder = new RunBuilder(record)
    else if (record.type === 'points') builder?.add(record.series)
  }
  if (!builder) return null
  const run = builder.finish()
  const chunks = run.chunks.map(({ bytes }) => bytes.buffer)
  await write('write', { source, projects: [], runs: [run], models: [], registeredModels: [] }, chunks)
  return run.status
}

/** Requests to the log, in order. Their hashes never come again: what fails is read anew, not sent again. */
function logBatches(run: number, parts: readonly (SeriesRecord | SeriesColumns)[]): LogBatch[] {
  const batches: LogBatch[] = []
  let points = batchPoints
  for (const part of parts) {
    const held = new HeldPoints()
    held.add(part)
    while (held.length > 0) {
      if (points >= batchPoints) {
        sent += 1
        batches.push({ run, hash: `watch ${session} ${sent}`, at: Date.now(), series: [] })
        points = 0
      }
      const count = Math.min(held.length, batchPoints - points)
      batches.at(-1)?.series.push({ key: part.key, float32: part.float32 === true, ...held.take(count) })
      points += count
    }
  }
  return batches
}
