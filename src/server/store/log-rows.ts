import type { Series, Steps } from '#contract/series-frame.ts'

import { joinBlocks, type PageBlock } from './page.ts'
import { encodeBlock } from './points.ts'

/** Points of one metric by the number of its key. */
export interface KeyedSeries {
  key: number
  series: Series
}

/** Size of a row that holds a part of a batch: a point counts one, a series as much as its share of the work of a fold. */
const rowWeight = 16_384
const seriesWeight = 32

/** Steps that all fit 32 bits take half the room. */
function narrowed(steps: Steps): Steps {
  if (steps instanceof Uint32Array || !steps.every(step => step >= 0n && step <= 0xff_ff_ff_ffn)) return steps
  return Uint32Array.from(steps, Number)
}

function part({ steps, times, values }: Series, start: number, end: number): Series {
  return { steps: narrowed(steps.slice(start, end)), times: times.slice(start, end), values: values.slice(start, end) }
}

/**
 * The rows of the log that a batch becomes, in order: nearly always one. A large batch becomes several, since a slice of folding
 * takes whole rows. A row is laid out as a page (page.ts), its keys differ.
 */
export function logRows(series: readonly KeyedSeries[]): { points: number; bytes: Uint8Array<ArrayBuffer> }[] {
  const rows: { points: number; bytes: Uint8Array<ArrayBuffer> }[] = []
  let blocks: PageBlock[] = []
  let points = 0
  const weight = () => points + blocks.length * seriesWeight
  const flush = () => {
    if (blocks.length > 0) rows.push({ points, bytes: joinBlocks(blocks) })
    blocks = []
    points = 0
  }
  for (const entry of series) {
    const count = entry.series.values.length
    for (let start = 0; start < count;) {
      if (weight() + seriesWeight >= rowWeight) flush()
      const end = Math.min(count, start + rowWeight - weight() - seriesWeight)
      blocks.push({ key: entry.key, points: end - start, bytes: encodeBlock(part(entry.series, start, end)) })
      points += end - start
      start = end
    }
  }
  flush()
  return rows
}
