import { isFilterError } from '#contract/filter/error.ts'
import { tokenize } from '#contract/filter/token.ts'
import { parseOperand, printOperand } from '#contract/operand-text.ts'
import type { KeyKind, Operand } from '#contract/operand.ts'

/** A column that the user sees: what it shows and whether its values are shaded by size. */
export interface ShownColumn {
  /** Canonical text of the operand, the column's identity. */
  id: string
  operand: Operand
  heat: boolean
}

/** All keys of one kind at once, `metrics.*` in an address. */
export interface EveryColumn {
  every: KeyKind
}

const everyText = /^(metric|param|tag)s\.\*$/

/** A column of an operand, unshaded. */
export function shownColumn(operand: Operand, heat = false): ShownColumn {
  return { id: printOperand(operand), operand, heat }
}

/**
 * Reads the columns of an address: operands with a comma between, `:heat` behind those that are shaded, `metrics.*` for all metrics.
 * What cannot be read is left out, as is the second of two equal ones.
 */
export function parseColumns(text: string): (ShownColumn | EveryColumn)[] {
  const columns: (ShownColumn | EveryColumn)[] = []
  const seen = new Set<string>()
  for (const part of splitAtCommas(text)) {
    const every = everyText.exec(part)?.[1]
    const heat = part.endsWith(':heat')
    const operand = every === undefined ? parseOperand(heat ? part.slice(0, -':heat'.length) : part) : null
    if (operand && isFilterError(operand)) continue
    const column = operand ? shownColumn(operand, heat) : { every: every as KeyKind }
    const id = 'every' in column ? `${column.every}s.*` : column.id
    if (!seen.has(id)) columns.push(column)
    seen.add(id)
  }
  return columns
}

/** Writes columns as `parseColumns` reads them. */
export function printColumns(columns: readonly (ShownColumn | EveryColumn)[]): string {
  return columns.map(column => ('every' in column ? `${column.every}s.*` : column.id + (column.heat ? ':heat' : ''))).join(',')
}

/** Splits at the commas that stand outside quotes. */
export function splitAtCommas(text: string): string[] {
  const parts: string[] = []
  let start = 0
  for (const token of tokenize(text)) {
    if (token.kind !== 'end' && !(token.kind === 'sign' && token.text === ',')) continue
    parts.push(text.slice(start, token.start).trim())
    start = token.end
  }
  return parts.filter(part => part !== '')
}
