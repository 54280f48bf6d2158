import type { Condition, Filter } from '#contract/filter/ast.ts'
import { comparableOf } from '#contract/filter/names.ts'
import { printOperand } from '#contract/operand-text.ts'
import type { Operand } from '#contract/operand.ts'
import type { Column, NumberColumn, TextColumn } from '#server/store/column.ts'

import { andInto, invert, type Mask, MaskPool, orInto } from './mask.ts'
import { compileNumberLeaf } from './number-leaf.ts'
import { compileTextTest } from './text-test.ts'

/** A filter made ready to run over the columns of any project. */
export interface CompiledFilter {
  /** What it compares, each once: the columns that `run` needs, in this order. */
  operands: Operand[]
  /**
   * One byte a run, 1 where it matches. A column may be undefined where no run has the key. Throws where a column is of another kind
   * than its operand says.
   */
  run: (columns: readonly (Column | undefined)[], size: number) => Uint8Array<ArrayBuffer>
}

type Columns = readonly (Column | undefined)[]
type Step = (columns: Columns, size: number, out: Mask, pool: MaskPool) => void

/**
 * Makes a filter ready; null matches all. `now` is in ms since the epoch. Throws an `ApiError` with the position of the literal
 * where `matches` has no regular expression that RE2 takes.
 */
export function compileFilter(filter: Filter | null, { now }: { now: number }): CompiledFilter {
  const operands = new OperandList()
  const step = filter && compileStep(filter, operands, now)
  return {
    operands: operands.list,
    run(columns, size) {
      const pool = new MaskPool(size)
      const out = pool.take()
      if (step) step(columns, size, out, pool)
      else out.bytes.fill(1)
      return out.bytes.subarray(0, size)
    },
  }
}

class OperandList {
  readonly list: Operand[] = []
  readonly #positions = new Map<string, number>()

  position(operand: Operand): number {
    const text = printOperand(operand)
    const known = this.#positions.get(text)
    if (known !== undefined) return known
    this.#positions.set(text, this.list.length)
    return this.list.push(operand) - 1
  }
}

function compileStep(filter: Filter, operands: OperandList, now: number): Step {
  if (filter.kind === 'not') {
    const inner = compileStep(filter.part, operands, now)
    return (columns, size, out, pool) => {
      inner(columns, size, out, pool)
      invert(out)
    }
  }
  if (filter.kind !== 'and' && filter.kind !== 'or') return compileCondition(filter, operands, now)
  const parts = filter.kind === 'or' ? joinEqualities(filter.parts) : filter.parts
  const [first, ...rest] = parts.map(part => compileStep(part, operands, now))
  const combine = filter.kind === 'and' ? andInto : orInto
  return (columns, size, out, pool) => {
    first?.(columns, size, out, pool)
    if (rest.length === 0) return
    const part = pool.take()
    for (const step of rest) {
      step(columns, size, part, pool)
      combine(out, part)
    }
    pool.give(part)
  }
}

/** Makes one `in` of all `=` and `in` over one operand: thousands of `name = … or name = …` then take one pass over the column. */
function joinEqualities(parts: Filter[]): Filter[] {
  const lists = new Map<string, Extract<Condition, { kind: 'in' }>>()
  const joined: Filter[] = []
  for (const part of parts) {
    const values =
      part.kind === 'compare' && part.operator === '=' ? [part.value] : part.kind === 'in' && !part.negated ? part.values : undefined
    if (!values || (part.kind !== 'compare' && part.kind !== 'in')) {
      joined.push(part)
      continue
    }
    const text = printOperand(part.operand)
    const list = lists.get(text)
    if (list) for (const value of values) list.values.push(value)
    else {
      const started: Extract<Condition, { kind: 'in' }> = { kind: 'in', operand: part.operand, negated: false, values: [...values] }
      lists.set(text, started)
      joined.push(started)
    }
  }
  return joined
}

function compileCondition(condition: Condition, operands: OperandList, now: number): Step {
  const position = operands.position(condition.operand)
  const fill = compileLeaf(condition, now)
  return (columns, size, out) => {
    const column = columns[position]
    if (column) fill(column, out.bytes, size)
    else out.bytes.fill(condition.kind === 'null' && !condition.negated ? 1 : 0)
  }
}

function compileLeaf(condition: Condition, now: number): (column: Column, out: Uint8Array, size: number) => void {
  if (condition.kind === 'null') return (column, out, size) => fillPresence(column, out, size, condition.negated ? 1 : 0)
  const type = comparableOf(condition.operand)
  if (type !== 'any' && type !== 'status') {
    if (condition.kind === 'pattern') throw new Error(`A pattern over ${printOperand(condition.operand)}, which is a number`)
    const fill = compileNumberLeaf(condition, now)
    return (column, out, size) => {
      const { numbers, present } = numberColumn(column, condition.operand)
      fill(numbers, present, out, size)
    }
  }
  const test = compileTextTest(condition, type === 'status')
  return (column, out, size) => {
    const { codes, texts, numbers, isNumber, more } = textColumn(column, condition.operand)
    const matches = new Uint8Array(texts.length)
    for (let code = 1; code < texts.length; code += 1) {
      if (test({ text: texts[code]!, isNumber: isNumber[code]!, number: numbers[code]! })) matches[code] = 1
    }
    for (let i = 0; i < size; i += 1) out[i] = matches[codes[i]!]!
    for (const [at, others] of more ?? []) if (others.some(code => matches[code] === 1)) out[at] = 1
  }
}

function fillPresence(column: Column, out: Uint8Array, size: number, wanted: 0 | 1): void {
  if (column.kind === 'number') {
    const { present } = column
    for (let i = 0; i < size; i += 1) out[i] = Number(present[i] === wanted)
  } else {
    const { codes } = column
    for (let i = 0; i < size; i += 1) out[i] = Number(codes[i] === 0) ^ wanted
  }
}

function numberColumn(column: Column, operand: Operand): NumberColumn {
  if (column.kind !== 'number') throw new Error(`The column of ${printOperand(operand)} holds texts`)
  return column
}

function textColumn(column: Column, operand: Operand): TextColumn {
  if (column.kind !== 'text') throw new Error(`The column of ${printOperand(operand)} holds numbers`)
  return column
}
