import type { Comparator, Condition, Literal } from '#contract/filter/ast.ts'

type Fill = (numbers: Float64Array, present: Uint8Array, out: Uint8Array, size: number) => void

/** Writes 1 for each run whose number is there and meets the condition, else 0. NaN meets only `= NaN` and a list that names it. */
export function compileNumberLeaf(condition: Exclude<Condition, { kind: 'null' | 'pattern' }>, now: number): Fill {
  if (condition.kind === 'compare') return fillComparison(condition.operator, valueOf(condition.value, now))
  if (condition.kind === 'between') return fillBetween(valueOf(condition.low, now), valueOf(condition.high, now), condition.negated)
  return fillIn(new Set(condition.values.map(value => valueOf(value, now))), condition.negated)
}

function valueOf(literal: Literal, now: number): number {
  switch (literal.type) {
    case 'number':
      return literal.value
    case 'now':
      return now + literal.offset
    case 'time':
    case 'duration':
      return literal.ms
    case 'text':
      return Number.NaN
  }
}

/** A loop for each operator, and without branches: on values in no order a `? 1 : 0` takes five times as long. */
function fillComparison(operator: Comparator, value: number): Fill {
  switch (operator) {
    case '<':
      return (numbers, present, out, size) => {
        for (let i = 0; i < size; i += 1) out[i] = Number(numbers[i]! < value) & present[i]!
      }
    case '<=':
      return (numbers, present, out, size) => {
        for (let i = 0; i < size; i += 1) out[i] = Number(numbers[i]! <= value) & present[i]!
      }
    case '>':
      return (numbers, present, out, size) => {
        for (let i = 0; i < size; i += 1) out[i] = Number(numbers[i]! > value) & present[i]!
      }
    case '>=':
      return (numbers, present, out, size) => {
        for (let i = 0; i < size; i += 1) out[i] = Number(numbers[i]! >= value) & present[i]!
      }
    case '=':
      return Number.isNaN(value) ? fillIsNaN(true) : fillBetween(value, value, false)
    case '!=':
      return Number.isNaN(value) ? fillIsNaN(false) : fillBetween(value, value, true)
  }
}

function fillIsNaN(wanted: boolean): Fill {
  return (numbers, present, out, size) => {
    for (let i = 0; i < size; i += 1) out[i] = Number(Number.isNaN(numbers[i]!) === wanted) & present[i]!
  }
}

function fillBetween(low: number, high: number, negated: boolean): Fill {
  if (negated) {
    return (numbers, present, out, size) => {
      for (let i = 0; i < size; i += 1) {
        const number = numbers[i]!
        out[i] = Number(!Number.isNaN(number)) & ~(Number(number >= low) & Number(number <= high)) & present[i]!
      }
    }
  }
  return (numbers, present, out, size) => {
    for (let i = 0; i < size; i += 1) out[i] = Number(numbers[i]! >= low) & Number(numbers[i]! <= high) & present[i]!
  }
}

function fillIn(values: Set<number>, negated: boolean): Fill {
  return (numbers, present, out, size) => {
    for (let i = 0; i < size; i += 1) {
      const number = numbers[i]!
      out[i] = Number(negated ? !Number.isNaN(number) && !values.has(number) : values.has(number)) & present[i]!
    }
  }
}
