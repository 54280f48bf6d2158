import type { DatabaseSync } from 'node:sqlite'

import type { Series } from '#contract/series-frame.ts'

import { readLogRow } from './log-rows.ts'
import { joinBlocks, pageBlocks, sizeOf, splitBlocks, type PageBlock } from './page.ts'
import { chunkPoints, concatSeries, decodeBlock, encodeBlock, pageBytes } from './points.ts'

/** What is taken up at once, at least one row. */
const passPoints = 32_768
const passKeys = 1_024

/** How far a run's fold has come: rows up to a sequence, pages before a number. */
export interface FoldPass {
  through: number
  page: number
}

/** What a slice took from the log: the points by key, in the order of arrival. */
interface Taken {
  through: number
  at: number
  points: number
  series: Map<number, Series[]>
}

export interface FoldSlice {
  /** What the next slice of the run goes on with; null where the rows taken up are folded. */
  pass: FoldPass | null
  /** Points that left the log. */
  points: number
  /** The log of the run holds rows that were not taken up. */
  more: boolean
}

/**
 * Folds the log of runs into pages and chunks; used inside a transaction. Points of a series keep their order of arrival: a slice
 * takes the oldest rows, and what it does not get to goes back as one row in their place.
 */
export class LogFolder {
  readonly #statements

  constructor(database: DatabaseSync) {
    this.#statements = {
      waiting: database.prepare('select run, sum(points) as points from log group by run'),
      rows: database.prepare('select sequence, at, points, bytes from log where run = ? and sequence <= ? order by sequence'),
      more: database.prepare('select 1 from log where run = ? and sequence > ? limit 1'),
      dropRows: database.prepare('delete from log where run = ? and sequence <= ?'),
      putRow: database.prepare('insert into log (sequence, run, at, points, bytes) values (?, ?, ?, ?, ?)'),
      page: database.prepare('select no, bytes from page where run = ? and no >= ? order by no limit 1'),
      lastPage: database.prepare('select no, bytes from page where run = ? order by no desc limit 1'),
      dropPage: database.prepare('delete from page where run = ? and no = ?'),
      setPage: database.prepare('update page set bytes = ? where run = ? and no = ?'),
      addPage: database.prepare('insert into page select ?, coalesce(max(no), -1) + 1, ? from page where run = ?'),
      tail: database.prepare('select no, bytes from chunk where run = ? and key = ? order by no desc limit 1'),
      dropChunk: database.prepare('delete from chunk where run = ? and key = ? and no = ?'),
      addChunk: database.prepare('insert into chunk values (?, ?, ?, ?)'),
    }
  }

  /** Points in the log by run. */
  waiting(): Map<number, number> {
    return new Map(this.#statements.waiting.all().map(row => [Number(row['run']), Number(row['points'])]))
  }

  /**
   * Folds until `goOn` says no, which is asked after each page looked at and each long series; a slice gets at least one of them
   * further than the one before. `before` is the pass that it returned.
   */
  slice(run: number, before: FoldPass | null, goOn: () => boolean): FoldSlice {
    const taken = this.#take(run, before?.through ?? null)
    if (!taken) return { pass: null, points: 0, more: this.#statements.more.get(run, 0) !== undefined }
    const { through, series } = taken
    const page = this.#foldPages(run, before?.page ?? 0, series, goOn)
    const done = page === null && this.#foldOthers(run, series, goOn)
    const points = this.#putBack(run, taken)
    if (done) return { pass: null, points, more: this.#statements.more.get(run, through) !== undefined }
    return { pass: { through, page: page ?? Number.MAX_SAFE_INTEGER }, points, more: true }
  }

  #take(run: number, through: number | null): Taken | null {
    const taken: Taken = { through: 0, at: 0, points: 0, series: new Map() }
    for (const row of this.#statements.rows.iterate(run, through ?? Number.MAX_SAFE_INTEGER)) {
      if (through === null && (taken.points >= passPoints || taken.series.size >= passKeys)) break
      for (const { key, series } of readLogRow(row['bytes'] as Uint8Array)) {
        const parts = taken.series.get(key)
        if (parts) parts.push(series)
        else taken.series.set(key, [series])
      }
      taken.through = Number(row['sequence'])
      taken.at = Number(row['at'])
      taken.points += Number(row['points'])
    }
    return taken.points > 0 ? taken : null
  }

  /** Leaves in the log what was not folded. Returns how many points were. */
  #putBack(run: number, { through, at, points, series }: Taken): number {
    const left = [...series].map(([key, parts]) => blockOf(key, concatSeries(parts)))
    const pointsLeft = left.reduce((sum, block) => sum + block.points, 0)
    if (pointsLeft === points) return 0
    this.#statements.dropRows.run(run, through)
    if (pointsLeft > 0) this.#statements.putRow.run(through, run, at, pointsLeft, joinBlocks(left))
    return points - pointsLeft
  }

  /** Folds into the pages from a number on what they hold of the keys. Returns the page to go on with; null where there is none. */
  #foldPages(run: number, from: number, series: Taken['series'], goOn: () => boolean): number | null {
    let next = from
    while (series.size > 0) {
      const row = this.#statements.page.get(run, next)
      if (!row) return null
      const no = Number(row['no'])
      const blocks = pageBlocks(row['bytes'] as Uint8Array)
      if (blocks.some(({ key }) => series.has(key))) this.#foldPage(run, no, blocks, series)
      next = no + 1
      if (!goOn()) return next
    }
    return null
  }

  #foldPage(run: number, no: number, blocks: readonly PageBlock[], series: Taken['series']): void {
    const grown: PageBlock[] = []
    for (const block of blocks) {
      const parts = series.get(block.key)
      if (!parts) {
        grown.push(block)
        continue
      }
      series.delete(block.key)
      const whole = concatSeries([decodeBlock(block.bytes), ...parts])
      if (whole.values.length < chunkPoints) grown.push(blockOf(block.key, whole))
      else this.#addChunks(run, block.key, 0, whole)
    }
    if (grown.length === 0) this.#statements.dropPage.run(run, no)
    else this.#putPages(run, no, grown)
  }

  /** Folds series that no page holds: into their chunks, or as new ones. Returns whether it got to the end. */
  #foldOthers(run: number, series: Taken['series'], goOn: () => boolean): boolean {
    const short: PageBlock[] = []
    for (const [key, parts] of series) {
      const whole = concatSeries(parts)
      const tail = this.#statements.tail.get(run, key)
      if (tail) this.#growTail(run, key, Number(tail['no']), decodeBlock(tail['bytes'] as Uint8Array), whole)
      else if (whole.values.length >= chunkPoints) this.#addChunks(run, key, 0, whole)
      else {
        short.push(blockOf(key, whole))
        continue
      }
      series.delete(key)
      if (!goOn() && series.size > 0) return false
    }
    series.clear()
    this.#addShort(run, short)
    return true
  }

  #growTail(run: number, key: number, no: number, tail: Series, more: Series): void {
    if (tail.values.length >= chunkPoints) {
      this.#addChunks(run, key, no + 1, more)
      return
    }
    this.#statements.dropChunk.run(run, key, no)
    this.#addChunks(run, key, no, concatSeries([tail, more]))
  }

  #addChunks(run: number, key: number, no: number, { steps, times, values }: Series): void {
    for (let start = 0; start < values.length; start += chunkPoints) {
      const end = start + chunkPoints
      const block = { steps: steps.slice(start, end), times: times.slice(start, end), values: values.slice(start, end) }
      this.#statements.addChunk.run(run, key, no + start / chunkPoints, encodeBlock(block))
    }
  }

  /** Short series that are new go into the last page while it has room. */
  #addShort(run: number, short: readonly PageBlock[]): void {
    if (short.length === 0) return
    const last = this.#statements.lastPage.get(run)
    const held = last ? pageBlocks(last['bytes'] as Uint8Array) : []
    const hasRoom = last !== undefined && sizeOf(held) + sizeOf(short) <= pageBytes
    this.#putPages(run, hasRoom ? Number(last['no']) : null, hasRoom ? [...held, ...short] : short)
  }

  /** Writes blocks in place of a page, or as new ones; what is too much for a page goes to pages at the end. */
  #putPages(run: number, no: number | null, blocks: readonly PageBlock[]): void {
    const groups = splitBlocks(blocks).map(joinBlocks)
    const [first] = groups
    if (no !== null && first) this.#statements.setPage.run(first, run, no)
    for (const bytes of no === null ? groups : groups.slice(1)) this.#statements.addPage.run(run, bytes, run)
  }
}

function blockOf(key: number, series: Series): PageBlock {
  return { key, points: series.values.length, bytes: encodeBlock(series) }
}
