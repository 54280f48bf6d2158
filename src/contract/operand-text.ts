import { Cursor, FilterFault } from './filter/cursor.ts'
import type { FilterError } from './filter/error.ts'
import { parseOperandAt } from './filter/parse-operand.ts'
import { quoteKey } from './filter/quote.ts'
import type { Operand } from './operand.ts'

export interface Sort {
  operand: Operand
  descending: boolean
}

/** Text of an operand in URLs, sorts, columns and filters: ``max(metrics.`val/acc`)``, `metrics.acc` for the last value, `status`. */
export function printOperand(operand: Operand): string {
  if (operand.kind === 'attribute') return operand.key
  const key = quoteKey(operand.key)
  if (operand.kind !== 'metric') return `${operand.kind}s.${key}`
  return operand.aggregate === 'last' ? `metrics.${key}` : `${operand.aggregate}(metrics.${key})`
}

/** Reads what `printOperand` writes and the other spellings of the filter language; a `FilterError` for anything else, blank included. */
export function parseOperand(text: string): Operand | FilterError {
  return whole(text, cursor => parseOperandAt(cursor).operand)
}

/** Text of a sort: the operand, `-` in front where it is descending. */
export function printSort({ operand, descending }: Sort): string {
  return `${descending ? '-' : ''}${printOperand(operand)}`
}

/** Reads an operand with `-` in front for descending, or MLflow's `… ASC` and `… DESC`. */
export function parseSort(text: string): Sort | FilterError {
  return whole(text, cursor => {
    const minus = cursor.takeSign('-')
    const { operand } = parseOperandAt(cursor)
    if (minus) return { operand, descending: true }
    const descending = cursor.takeWord('desc')
    if (!descending) cursor.takeWord('asc')
    return { operand, descending }
  })
}

function whole<Result>(text: string, read: (cursor: Cursor) => Result): Result | FilterError {
  try {
    const cursor = new Cursor(text)
    const result = read(cursor)
    if (!cursor.atEnd) cursor.expected('the end', null)
    return result
  } catch (fault) {
    if (fault instanceof FilterFault) return fault.detail
    throw fault
  }
}
