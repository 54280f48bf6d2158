import { toInt64 } from '#contract/int64.ts'
import type { Series } from '#contract/series-frame.ts'
import { addPoint, emptySummary } from '#maths/summary.ts'
import type { MediaRecord, RunRecord } from '#server/readers/record.ts'
import type { MediaIndex } from '#server/store/media.ts'
import { chunkPoints, encodeBlock, pageBytes, sortSeries } from '#server/store/points.ts'
import type { PreparedMetric, PreparedRun } from '#server/store/prepared.ts'

import { HeldPoints, type SeriesPart } from './held-points.ts'

interface Pending {
  /** Its place among the run's metrics. */
  no: number
  metric: PreparedMetric
  held: HeldPoints
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
      idIsPath: record.idIsPath === true,
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
      media: (record.media ?? []).map(mediaIndex),
    }
    for (const series of record.series) this.add(series)
  }

  /** Adds points of one metric, in the order of the file. The arrays are kept until the run is finished. */
  add(part: SeriesPart): void {
    const count = part.values.length
    if (count === 0) return
    const pending = this.#open(part.key)
    if (!part.float32) pending.metric.summary.float32 = false
    summarize(pending.metric, part)
    this.run.points += count
    pending.held.add(part)
    if (pending.held.length > chunkPoints * 2) this.#writeChunks(pending, false)
  }

  /** Ends the run; what is left becomes pages, or the last chunk of a long series. */
  finish(): PreparedRun {
    const blocks: { metric: number; points: number; bytes: Uint8Array<ArrayBuffer> }[] = []
    for (const pending of this.#pending.values()) {
      const points = pending.held.length
      if (pending.nextChunk > 0 || points >= chunkPoints) this.#writeChunks(pending, true)
      else blocks.push({ metric: pending.no, points, bytes: encodeBlock(this.#rest(pending)) })
    }
    this.run.pages = packPages(blocks)
    return this.run
  }

  #open(key: string): Pending {
    const existing = this.#pending.get(key)
    if (existing) return existing
    const metric: PreparedMetric = { key, summary: { ...emptySummary(), float32: true } }
    const pending = { no: this.run.metrics.length, metric, held: new HeldPoints(), nextChunk: 0 }
    this.run.metrics.push(metric)
    this.#pending.set(key, pending)
    return pending
  }

  /** The points held back, sorted where the whole series is held; a longer one that came unsorted is sorted when it is read. */
  #rest({ metric, held, nextChunk }: Pending): Series {
    const series = held.take(held.length)
    if (metric.summary.sorted || nextChunk > 0) return series
    metric.summary.sorted = true
    return sortSeries(series)
  }

  /** Cuts what is held into chunks; with `all` to its end, else leaves what does not fill one. */
  #writeChunks(pending: Pending, all: boolean): void {
    const chunk = (series: Series) => {
      this.run.chunks.push({ metric: pending.no, no: pending.nextChunk, bytes: encodeBlock(series) })
      pending.nextChunk += 1
    }
    if (!all) {
      while (pending.held.length >= chunkPoints) chunk(pending.held.take(chunkPoints))
      return
    }
    const { steps, times, values } = this.#rest(pending)
    for (let start = 0; start < values.length; start += chunkPoints) {
      const end = start + chunkPoints
      chunk({ steps: steps.slice(start, end), times: times.slice(start, end), values: values.slice(start, end) })
    }
  }
}

/** What a reader found of one tag, as the store has it. */
export function mediaIndex({ steps, times, offsets, files, ...tag }: MediaRecord): MediaIndex {
  return {
    ...tag,
    steps: BigInt64Array.from(steps, BigInt),
    times: Float64Array.from(times),
    offsets: Float64Array.from(offsets),
    files: Uint32Array.from(files),
  }
}

/** Adds the points of a part to the summary of its metric. */
function summarize({ summary }: PreparedMetric, { steps, times, values }: SeriesPart): void {
  for (let index = 0; index < values.length; index += 1) {
    addPoint(summary, steps[index] ?? 0, times[index] ?? Number.NaN, values[index] ?? Number.NaN)
  }
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
