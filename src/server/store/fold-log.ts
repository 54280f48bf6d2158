import type { DatabaseSync } from 'node:sqlite'

import type { Series } from '#contract/series-frame.ts'

import { joinBlocks, pageBlocks, sizeOf, splitBlocks, type PageBlock } from './page.ts'
import { chunkPoints, concatSeries, decodeBlock, encodeBlock, pageBytes } from './points.ts'
import { PyramidWriter } from './pyramid.ts'

/** What a pass takes up: its points, and for each block what holding it costs. At least one row. */
const passWeight = 262_144
const blockWeight = 2
/** Points that become chunks of one series in one step. */
const stepPoints = 32_768

/** Points of one series in one row of the log. */
interface Part {
  sequence: number
  points: number
  bytes: Uint8Array
}

/** The fold of the oldest rows of a run, as far as it has come. It belongs to the folder that made it. */
export interface FoldPass {
  phase: 'gather' | 'pages' | 'others' | 'drop'
  /** The last row taken up. */
  through: number
  weight: number
  /** What is left to fold, by key, in the order of arrival. */
  parts: Map<number, Part[]>
  /** The next page to look at. */
  page: number
  /** Short series that no page holds yet, and their bytes. */
  short: PageBlock[]
  shortBytes: number
}

export interface FoldSlice {
  /** What the next slice of the run goes on with; null at the end of the pass. */
  pass: FoldPass | null
  /** Points that left the log. */
  points: number
  /** The log of the run holds rows that were not taken up. */
  more: boolean
}

/**
 * Folds the log of runs into pages and chunks; used inside a transaction. A pass reads the oldest rows of a run, writes each page and
 * series with the sequence up to which it now holds what was logged, and drops the rows when all have theirs. So it may stop after
 * any step, for good too: readers pass over what is in a page already, and so does the next pass.
 */
export class LogFolder {
  readonly #statements
  readonly #pyramid: PyramidWriter

  constructor(database: DatabaseSync) {
    this.#pyramid = new PyramidWriter(database)
    this.#statements = {
      waiting: database.prepare('select run, sum(points) as points from log group by run'),
      row: database.prepare('select sequence, points, bytes from log where run = ? and sequence > ? order by sequence limit 1'),
      holds: database.prepare('select 1 from log where run = ? and sequence = ?'),
      dropRow: database.prepare(
        `delete from log where sequence = (select sequence from log where run = ? and sequence <= ? order by sequence limit 1)
         returning points, sequence`,
      ),
      page: database.prepare('select no, bytes, through from page where run = ? and no >= ? order by no limit 1'),
      lastPage: database.prepare('select no, bytes from page where run = ? order by no desc limit 1'),
      dropPage: database.prepare('delete from page where run = ? and no = ?'),
      setPage: database.prepare('update page set bytes = ?, through = ? where run = ? and no = ?'),
      addPage: database.prepare('insert into page select ?, coalesce(max(no), -1) + 1, ?, ? from page where run = ?'),
      tail: database.prepare('select no, bytes, through from chunk where run = ? and key = ? order by no desc limit 1'),
      dropChunk: database.prepare('delete from chunk where run = ? and key = ? and no = ?'),
      addChunk: database.prepare('insert into chunk values (?, ?, ?, ?, ?)'),
    }
  }

  /** Points in the log by run. */
  waiting(): Map<number, number> {
    return new Map(this.#statements.waiting.all().map(row => [Number(row['run']), Number(row['points'])]))
  }

  /**
   * Goes on with a pass until `goOn` says no, which is asked after each step: a row, a page or a part of a long series. `before` is what
   * the last slice of the run returned; null begins a pass, as it must after a transaction that was rolled back.
   */
  slice(run: number, before: FoldPass | null, goOn: () => boolean): FoldSlice {
    // A run that was cleared meanwhile has lost the row, and what is held of it is no longer true.
    const pass = before && this.#statements.holds.get(run, before.through) ? before : newPass()
    let points = 0
    const steps: Record<FoldPass['phase'], () => boolean> = {
      gather: () => this.#gather(run, pass),
      pages: () => this.#foldNextPage(run, pass),
      others: () => this.#foldNextSeries(run, pass),
      drop: () => {
        const dropped = this.#statements.dropRow.get(run, pass.through)
        points += Number(dropped?.['points'] ?? 0)
        return dropped !== undefined && Number(dropped['sequence']) < pass.through
      },
    }
    for (;;) {
      if (!steps[pass.phase]()) {
        const next = { gather: 'pages', pages: 'others', others: 'drop', drop: null } as const
        const phase = next[pass.phase]
        if (phase === null) return { pass: null, points, more: this.#statements.row.get(run, pass.through) !== undefined }
        pass.phase = phase
      } else if (!goOn()) return { pass, points, more: true }
    }
  }

  /** Takes up one row. As each step does, it says whether its phase goes on. */
  #gather(run: number, pass: FoldPass): boolean {
    if (pass.weight >= passWeight) return false
    const row = this.#statements.row.get(run, pass.through)
    if (!row) return false
    const sequence = Number(row['sequence'])
    const blocks = pageBlocks(row['bytes'] as Uint8Array)
    for (const { key, points, bytes } of blocks) {
      const parts = pass.parts.get(key)
      if (parts) parts.push({ sequence, points, bytes })
      else pass.parts.set(key, [{ sequence, points, bytes }])
    }
    pass.weight += Number(row['points']) + blocks.length * blockWeight
    pass.through = sequence
    return true
  }

  #foldNextPage(run: number, pass: FoldPass): boolean {
    if (pass.parts.size === 0) return false
    const row = this.#statements.page.get(run, pass.page)
    if (!row) return false
    const no = Number(row['no'])
    pass.page = no + 1
    const blocks = pageBlocks(row['bytes'] as Uint8Array)
    if (!blocks.some(({ key }) => pass.parts.has(key))) return true
    const through = Number(row['through'])
    const grown: PageBlock[] = []
    for (const block of blocks) {
      const parts = pass.parts.get(block.key)?.filter(part => part.sequence > through) ?? []
      if (block.points + pointsOf(parts) < chunkPoints) {
        pass.parts.delete(block.key)
        grown.push(parts.length === 0 ? block : blockOf(block.key, [block, ...parts]))
      } else {
        pass.parts.set(block.key, parts)
        this.#addChunks(run, block.key, 0, through, decodeBlock(block.bytes))
      }
    }
    if (grown.length === 0) this.#statements.dropPage.run(run, no)
    else this.#putPages(run, pass.through, no, grown)
    return true
  }

  /** Series that no page holds, and the rest of those that outgrew theirs. */
  #foldNextSeries(run: number, pass: FoldPass): boolean {
    const [next] = pass.parts
    if (!next) {
      const left = pass.short.length > 0
      if (left) this.#addShort(run, pass)
      return left
    }
    const [key, all] = next
    const tail = this.#statements.tail.get(run, key)
    if (!tail && pointsOf(all) < chunkPoints) {
      pass.parts.delete(key)
      const block = blockOf(key, all)
      pass.short.push(block)
      pass.shortBytes += block.bytes.length
      if (pass.shortBytes >= pageBytes) this.#addShort(run, pass)
      return true
    }
    const parts = tail ? all.filter(part => part.sequence > Number(tail['through'])) : all
    const taken = takePoints(parts, stepPoints)
    const rest = parts.slice(taken.length)
    if (rest.length > 0) pass.parts.set(key, rest)
    else pass.parts.delete(key)
    const through = rest.length > 0 ? (taken.at(-1)?.sequence ?? 0) : pass.through
    if (taken.length > 0) this.#growChunks(run, key, tail, through, concatSeries(taken.map(part => decodeBlock(part.bytes))))
    return true
  }

  #growChunks(run: number, key: number, tail: Record<string, unknown> | undefined, through: number, more: Series): void {
    const no = Number(tail?.['no'] ?? 0)
    const last = tail && decodeBlock(tail['bytes'] as Uint8Array)
    if (last && last.values.length >= chunkPoints) this.#addChunks(run, key, no + 1, through, more)
    else {
      if (last) this.#statements.dropChunk.run(run, key, no)
      this.#addChunks(run, key, no, through, last ? concatSeries([last, more]) : more)
    }
  }

  #addChunks(run: number, key: number, no: number, through: number, { steps, times, values }: Series): void {
    for (let start = 0; start < values.length; start += chunkPoints) {
      const end = start + chunkPoints
      const block = { steps: steps.slice(start, end), times: times.slice(start, end), values: values.slice(start, end) }
      const bytes = encodeBlock(block)
      this.#statements.addChunk.run(run, key, no + start / chunkPoints, bytes, through)
      this.#pyramid.add(run, key, no + start / chunkPoints, bytes)
    }
  }

  /** Short series that are new go into the last page while it has room. The pass has been through all pages before. */
  #addShort(run: number, pass: FoldPass): void {
    const last = this.#statements.lastPage.get(run)
    const held = last ? pageBlocks(last['bytes'] as Uint8Array) : []
    const hasRoom = last !== undefined && sizeOf(held) + pass.shortBytes <= pageBytes
    this.#putPages(run, pass.through, hasRoom ? Number(last['no']) : null, hasRoom ? [...held, ...pass.short] : pass.short)
    pass.short = []
    pass.shortBytes = 0
  }

  /** Writes blocks in place of a page, or as new ones; what is too much for a page goes to pages at the end. */
  #putPages(run: number, through: number, no: number | null, blocks: readonly PageBlock[]): void {
    const pages = splitBlocks(blocks).map(joinBlocks)
    const [first] = pages
    if (no !== null && first) this.#statements.setPage.run(first, through, run, no)
    for (const bytes of no === null ? pages : pages.slice(1)) this.#statements.addPage.run(run, bytes, through, run)
  }
}

function newPass(): FoldPass {
  return { phase: 'gather', through: 0, weight: 0, parts: new Map(), page: 0, short: [], shortBytes: 0 }
}

function pointsOf(parts: readonly { points: number }[]): number {
  return parts.reduce((sum, part) => sum + part.points, 0)
}

/** The first parts, with as many points as asked for or with the part that passes them. */
function takePoints(parts: readonly Part[], points: number): Part[] {
  let sum = 0
  const end = parts.findIndex(part => {
    sum += part.points
    return sum >= points
  })
  return parts.slice(0, end < 0 ? parts.length : end + 1)
}

function blockOf(key: number, parts: readonly { bytes: Uint8Array }[]): PageBlock {
  const series = concatSeries(parts.map(part => decodeBlock(part.bytes)))
  return { key, points: series.values.length, bytes: encodeBlock(series) }
}
