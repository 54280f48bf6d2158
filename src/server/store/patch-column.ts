import type { DatabaseSync } from 'node:sqlite'

import type { Operand } from '#contract/operand.ts'

import type { Column, NumberColumn, TextColumn } from './column.ts'
import { grown } from './grown.ts'
import { lookUpColumn } from './load-column.ts'
import type { RunIndex } from './run-index.ts'

/** Codes by text, made when a column first gets a new one. */
const codesOf = new WeakMap<string[], Map<string, number>>()

/**
 * Reads the runs at some ascending positions anew into a column of the index, which may have got runs at its end. False where a text
 * would be left that no run has any more: then the column is half patched and has to be loaded.
 */
export function patchColumn(database: DatabaseSync, index: RunIndex, operand: Operand, column: Column, positions: Uint32Array): boolean {
  const now = lookUpColumn(database, index, operand, positions)
  if (column.kind === 'number') return now.kind === 'number' && patchNumbers(column, now, positions, index.size)
  return now.kind === 'text' && patchTexts(column, now, positions, index.size)
}

function patchNumbers(column: NumberColumn, now: NumberColumn, positions: Uint32Array, size: number): true {
  column.numbers = grown(column.numbers, size, Number.NaN)
  column.present = grown(column.present, size)
  if (column.steps) column.steps = grown(column.steps, size)
  for (const [from, to] of positions.entries()) {
    column.numbers[to] = now.numbers[from] ?? Number.NaN
    column.present[to] = now.present[from] ?? 0
    if (column.steps) column.steps[to] = now.steps?.[from] ?? 0
    const wide = now.wideSteps?.get(from)
    if (wide === undefined) column.wideSteps?.delete(to)
    else column.wideSteps?.set(to, wide)
  }
  return true
}

function patchTexts(column: TextColumn, now: TextColumn, positions: Uint32Array, size: number): boolean {
  column.codes = grown(column.codes, size)
  const replaced = new Set<number>()
  for (const [from, to] of positions.entries()) {
    const before = [column.codes[to] ?? 0, ...(column.more?.get(to) ?? [])]
    const texts = [now.codes[from] ?? 0, ...(now.more?.get(from) ?? [])].map(code => now.texts[code] ?? '')
    if (texts.length === before.length && texts.every((text, at) => sameText(column, before[at] ?? 0, text, now.codes[from] === 0)))
      continue
    for (const code of before) replaced.add(code)
    const [first = 0, ...others] = now.codes[from] === 0 ? [0] : texts.map(text => codeOf(column, now, text))
    column.codes[to] = first
    if (others.length > 0) column.more?.set(to, others)
    else column.more?.delete(to)
  }
  replaced.delete(0)
  return [...replaced].every(code => isUsed(column, code, size))
}

function sameText(column: TextColumn, code: number, text: string, missing: boolean): boolean {
  return missing ? code === 0 : code !== 0 && column.texts[code] === text
}

function codeOf(column: TextColumn, now: TextColumn, text: string): number {
  const codes = codesOf.get(column.texts) ?? new Map(column.texts.map((each, code) => [each, code] as const).slice(1))
  codesOf.set(column.texts, codes)
  const known = codes.get(text)
  if (known !== undefined) return known
  const there = now.texts.indexOf(text, 1)
  const code = column.texts.push(text) - 1
  column.numbers.push(now.numbers[there] ?? Number.NaN)
  column.isNumber.push(now.isNumber[there] ?? false)
  codes.set(text, code)
  return code
}

/** Whether a distinct value is still one: what counts and sorts them takes every text for a value of some run. */
function isUsed({ codes, more }: TextColumn, code: number, size: number): boolean {
  const at = codes.indexOf(code)
  if (at >= 0 && at < size) return true
  return [...(more?.values() ?? [])].some(others => others.includes(code))
}
