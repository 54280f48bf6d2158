import { toInt64 } from '#contract/int64.ts'
import { addPoint, emptySummary, type Summary } from '#maths/summary.ts'
import type { RunRecord, SeriesRecord } from '#server/readers/record.ts'
import { chunkPoints, encodeBlock, pageBytes, sortSeries, stepsOf } from '#server/store/points.ts'
import type { PreparedRun } from '#server/store/prepared.ts'

interface Pending {
  metric: number
  series: SeriesRecord
  nextChunk: number
}

/** Gathers one run's points into pages and chunks. Long series may come in parts; at most a chunk of each stays in memory. */
export class RunBuilder {
  readonly run: PreparedRun
  readonly #pending = new Map<string, Pending>()

  constructor(record: RunRecord) {
    const { gitBranch, gitRepository, gitDirty, framework, note, datasets, models } = record
    this.run = {
      foreignId: record.foreignId,
      project: record.projectForeignId,
      path: record.path,
      name: record.name,
      status: record.status,
      kind: record.kind,
      user: record.user,
      host: record.host,
      gitCommit: record.gitCommit,
      command: record.command,
      parent: record.parent,
      start: record.start,
      end: record.end,
      deletedAt: record.deletedAt,
      points: 0,
      digest: record.digest,
      fingerprint: record.fingerprint,
      artifacts: record.artifacts,
      detail: {
        gitBranch,
        gitRepository,
        gitDirty,
        framework,
        note,
        datasets,
        models: models.map(model => ({ ...model, step: toInt64(model.step) })),
      },
      params: record.params,
      tags: record.tags,
      metrics: [],
      pages: [],
      chunks: [],
    }
    for (const series of record.series) this.add(series)
  }

  /** Adds points of one metric, in the order of the file. */
  add(part: SeriesRecord): void {
    const { key, steps, times, values } = part
    if (values.length === 0) return
    const pending = this.#open(key)
    const summary = this.#summary(pending.metric)
    for (let index = 0; index < values.length; index += 1) {
      addPoint(summary, steps[index] ?? 0, times[index] ?? Number.NaN, values[index] ?? Number.NaN)
    }
    this.run.points += values.length
    if (pending.series.values.length === 0) pending.series = part
    else {
      const target = pending.series
      pending.series = {
        key,
        steps: [...target.steps, ...steps],
        times: [...target.times, ...times],
        values: [...target.values, ...values],
      }
    }
    if (pending.series.values.length > chunkPoints * 2) this.#writeChunks(pending, false)
  }

  /** Ends the run; what is left becomes pages, or the last chunk of a long series. */
  finish(): PreparedRun {
    const blocks: { metric: number; points: number; bytes: Uint8Array<ArrayBuffer> }[] = []
    for (const pending of this.#pending.values()) {
      const points = pending.series.values.length
      if (pending.nextChunk > 0 || points >= chunkPoints) this.#writeChunks(pending, true)
      else blocks.push({ metric: pending.metric, points, bytes: encodeBlock(this.#encodable(pending)) })
    }
    this.run.pages = packPages(blocks)
    return this.run
  }

  #open(key: string): Pending {
    const existing = this.#pending.get(key)
    if (existing) return existing
    const pending = { metric: this.run.metrics.length, series: { key, steps: [], times: [], values: [] }, nextChunk: 0 }
    this.run.metrics.push({ key, summary: emptySummary() })
    this.#pending.set(key, pending)
    return pending
  }

  #summary(metric: number): Summary {
    const prepared = this.run.metrics[metric]
    if (!prepared) throw new Error(`No metric ${metric} in run ${this.run.foreignId}`)
    return prepared.summary
  }

  /** The points held back, sorted where the whole series is held; a longer one that came unsorted is sorted when it is read. */
  #encodable(pending: Pending) {
    const { steps, times, values } = pending.series
    const series = { steps: stepsOf(steps), times: Float64Array.from(times), values: Float64Array.from(values) }
    const summary = this.#summary(pending.metric)
    if (summary.sorted || pending.nextChunk > 0) return series
    summary.sorted = true
    return sortSeries(series)
  }

  #writeChunks(pending: Pending, all: boolean): void {
    const series = all ? this.#encodable(pending) : toColumns(pending.series)
    const { steps, times, values } = series
    let start = 0
    const least = all ? 1 : chunkPoints
    while (values.length - start >= least) {
      const end = Math.min(start + chunkPoints, values.length)
      const block = { steps: steps.slice(start, end), times: times.slice(start, end), values: values.slice(start, end) }
      this.run.chunks.push({ metric: pending.metric, no: pending.nextChunk, bytes: encodeBlock(block) })
      pending.nextChunk += 1
      start = end
    }
    const rest = pending.series
    pending.series = { key: rest.key, steps: rest.steps.slice(start), times: rest.times.slice(start), values: rest.values.slice(start) }
  }
}

function toColumns({ steps, times, values }: SeriesRecord) {
  return { steps: stepsOf(steps), times: Float64Array.from(times), values: Float64Array.from(values) }
}

function packPages(blocks: readonly { metric: number; points: number; bytes: Uint8Array<ArrayBuffer> }[]): PreparedRun['pages'] {
  const pages: PreparedRun['pages'] = []
  let group: { metric: number; points: number; bytes: Uint8Array<ArrayBuffer> }[] = []
  let size = 0
  const flush = () => {
    if (group.length === 0) return
    const joined = new Uint8Array(size)
    const entries: PreparedRun['pages'][number]['entries'] = []
    let offset = 0
    for (const { metric, points, bytes } of group) {
      entries.push({ metric, points, offset })
      joined.set(bytes, offset)
      offset += bytes.length
    }
    pages.push({ entries, blocks: joined })
    group = []
    size = 0
  }
  for (const block of blocks) {
    if (size > 0 && size + block.bytes.length > pageBytes) flush()
    group.push(block)
    size += block.bytes.length
  }
  flush()
  return pages
}
