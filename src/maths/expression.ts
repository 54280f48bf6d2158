import type { Expression, FunctionName, Operator } from '#contract/expression/ast.ts'

/** What stands for the names of an expression: columns of equal length, and numbers. */
export interface Names {
  metric: (key: string) => Float64Array
  param: (key: string) => number
}

type Value = Float64Array | number

const operations: Record<Operator, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
}

const ofOne: Partial<Record<FunctionName, (value: number) => number>> = {
  log: Math.log,
  log10: Math.log10,
  log2: Math.log2,
  exp: Math.exp,
  sqrt: Math.sqrt,
  abs: Math.abs,
}

const ofTwo: Partial<Record<FunctionName, (left: number, right: number) => number>> = { pow: operations['^'], min: Math.min, max: Math.max }

/**
 * The values of an expression at each of `count` points, as IEEE 754 has them: 1 / 0 is Infinity, the logarithm of a negative number NaN.
 * A difference has NaN at the first point.
 */
export function evaluate(expression: Expression, count: number, names: Names): Float64Array {
  const value = valueOf(expression, count, names)
  return typeof value === 'number' ? new Float64Array(count).fill(value) : value
}

function valueOf(expression: Expression, count: number, names: Names): Value {
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'metric':
      return names.metric(expression.key)
    case 'param':
      return names.param(expression.key)
    case 'minus':
      return map(valueOf(expression.part, count, names), value => -value)
    case 'binary':
      return zip(valueOf(expression.left, count, names), valueOf(expression.right, count, names), operations[expression.operator])
    case 'call': {
      const values = expression.parts.map(part => valueOf(part, count, names))
      const [first = Number.NaN] = values
      const one = ofOne[expression.name]
      if (one) return map(first, one)
      const two = ofTwo[expression.name]
      if (two) return values.reduce((left, right) => zip(left, right, two))
      return differences(typeof first === 'number' ? new Float64Array(count).fill(first) : first)
    }
  }
}

function map(value: Value, of: (value: number) => number): Value {
  return typeof value === 'number' ? of(value) : value.map(of)
}

function zip(left: Value, right: Value, of: (left: number, right: number) => number): Value {
  if (typeof left === 'number') return typeof right === 'number' ? of(left, right) : right.map(value => of(left, value))
  return typeof right === 'number' ? left.map(value => of(value, right)) : left.map((value, at) => of(value, right[at]!))
}

function differences(values: Float64Array): Float64Array {
  return values.map((value, at) => value - (at === 0 ? Number.NaN : values[at - 1]!))
}
