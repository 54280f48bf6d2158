import type { PageColumn } from '#contract/runs-page.ts'
import type { Column, TextColumn } from '#server/store/column.ts'

const sampleSize = 500
/** Used again for every column of every page: what each one needs of it is copied out before the next. */
const scratch = new Float64Array(sampleSize)

/** At most 500 of the positions that match, at even distances, so that the cost of a column does not grow with the project. */
export function samplePositions(matches: Uint8Array, total: number): Uint32Array {
  const stride = Math.max(1, Math.ceil(total / sampleSize))
  const sample = new Uint32Array(Math.ceil(total / stride))
  let used = 0
  let wait = 0
  for (let at = 0; at < matches.length; at += 1) {
    if (matches[at] === 0) continue
    if (wait === 0) {
      sample[used] = at
      used += 1
      wait = stride
    }
    wait -= 1
  }
  return sample.subarray(0, used)
}

/** How many of a column's texts were looked at, and how many of those are numbers; a column's texts only grow. */
const counted = new WeakMap<string[], { texts: number; numbers: number }>()

/** Number of a text column's distinct values that are numbers as a whole. */
export function numericTexts({ texts, isNumber }: TextColumn): number {
  const known = counted.get(texts) ?? { texts: 1, numbers: 0 }
  if (known.texts === texts.length) return known.numbers
  let { numbers } = known
  for (let code = known.texts; code < texts.length; code += 1) if (isNumber[code]) numbers += 1
  counted.set(texts, { texts: texts.length, numbers })
  return numbers
}

/** Finite values of the sample, in the scratch array. A loop for each kind of column: it runs for every column of every page. */
function finiteValues(column: Column, sample: Uint32Array): Float64Array {
  let used = 0
  if (column.kind === 'number') {
    const { numbers, present } = column
    for (let i = 0; i < sample.length; i += 1) {
      const value = numbers[sample[i]!]!
      if (!Number.isFinite(value) || present[sample[i]!] === 0) continue
      scratch[used] = value
      used += 1
    }
  } else {
    const { codes, numbers } = column
    for (let i = 0; i < sample.length; i += 1) {
      const value = numbers[codes[sample[i]!]!]!
      if (!Number.isFinite(value)) continue
      scratch[used] = value
      used += 1
    }
  }
  return scratch.subarray(0, used)
}

function allIntegers(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i += 1) if (!Number.isInteger(values[i])) return false
  return true
}

/** Spread of the finite values of a sample of at most 500 runs. Undefined for text without numbers and where no value is finite. */
export function columnRange(column: Column, sample: Uint32Array): PageColumn['range'] {
  if (column.kind === 'text' && numericTexts(column) === 0) return undefined
  const values = finiteValues(column, sample)
  if (values.length === 0) return undefined
  values.sort()
  const quantile = (share: number) => values[Math.round(share * (values.length - 1))] ?? 0
  return { min: quantile(0), p2: quantile(0.02), p98: quantile(0.98), max: quantile(1), integers: allIntegers(values) }
}
