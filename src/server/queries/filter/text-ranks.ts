import type { TextColumn } from '#server/store/column.ts'

import { compareCodePoints } from './code-points.ts'

/** Ranks by code, NaN for "no such key" and for a number that is NaN: numbers by value, equal ones alike, then texts by code point. */
export interface TextRanks {
  ascending: Float64Array
  /** Numbers before texts here too, each of the two reversed. */
  descending: Float64Array
}

interface Sorted extends TextRanks {
  length: number
  numbers: number[]
  texts: number[]
}

/** Sorting 100,000 distinct texts takes a page's whole budget several times over, so the order is kept with the list of texts. */
const kept = new WeakMap<string[], Sorted>()

/** Ranks of a column's distinct values. The list of texts may have grown at its end since the last call: then only the new ones are sorted. */
export function textRanks(column: TextColumn): TextRanks {
  const { texts } = column
  const before = kept.get(texts)
  if (before?.length === texts.length) return before
  const from = before?.length ?? 1
  const newNumbers: number[] = []
  const newTexts: number[] = []
  for (let code = from; code < texts.length; code += 1) {
    if (!column.isNumber[code]) newTexts.push(code)
    else if (!Number.isNaN(column.numbers[code])) newNumbers.push(code)
  }
  const byNumber = (a: number, b: number): number => column.numbers[a]! - column.numbers[b]!
  const byText = textOrder(texts)
  const numbers = merge(before?.numbers ?? [], newNumbers.sort(byNumber), byNumber)
  const sorted = { numbers, texts: merge(before?.texts ?? [], newTexts.sort(byText), byText), length: texts.length }
  const ranks = { ...sorted, ...rank(sorted, column.numbers) }
  kept.set(texts, ranks)
  return ranks
}

/** The engine's own comparison is far faster, and right where no text holds surrogates. */
function textOrder(texts: string[]): (a: number, b: number) => number {
  if (texts.some(text => /[\ud800-\udfff]/.test(text))) return (a, b) => compareCodePoints(texts[a]!, texts[b]!)
  return (a, b) => (texts[a]! < texts[b]! ? -1 : texts[a]! > texts[b]! ? 1 : 0)
}

function merge(old: number[], added: number[], compare: (a: number, b: number) => number): number[] {
  if (old.length === 0) return added
  const all: number[] = []
  let position = 0
  for (const code of added) {
    while (position < old.length && compare(old[position]!, code) <= 0) all.push(old[position++]!)
    all.push(code)
  }
  while (position < old.length) all.push(old[position++]!)
  return all
}

function rank({ numbers, texts, length }: Pick<Sorted, 'numbers' | 'texts' | 'length'>, values: number[]): TextRanks {
  const ascending = new Float64Array(length).fill(Number.NaN)
  const descending = new Float64Array(length).fill(Number.NaN)
  let distinct = 0
  for (const [index, code] of numbers.entries()) {
    if (index === 0 || values[code] !== values[numbers[index - 1]!]) distinct += 1
    ascending[code] = distinct
  }
  for (const code of numbers) descending[code] = distinct - ascending[code]!
  for (const [index, code] of texts.entries()) {
    ascending[code] = distinct + 1 + index
    descending[code] = distinct + texts.length - index
  }
  return { ascending, descending }
}
