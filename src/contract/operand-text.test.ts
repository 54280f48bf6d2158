import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseOperand, parseSort, printOperand, printSort } from './operand-text.ts'
import { aggregates, type Attribute, attributes, type Operand } from './operand.ts'

const key = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.nat(0xffff).map(code => String.fromCharCode(code)), maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom('`', "'", '"', '/', '.', ' ', '\n', '\\', 'a', '1', 'é', '\u202e', 'ש', '🚀', '\ud800', '(', '-'),
    maxLength: 30,
  }),
)
const operand: fc.Arbitrary<Operand> = fc.oneof(
  fc.record({ kind: fc.constant('metric' as const), key, aggregate: fc.constantFrom(...aggregates) }),
  fc.record({ kind: fc.constantFrom('param' as const, 'tag' as const), key }),
  fc.record({ kind: fc.constant('attribute' as const), key: fc.constantFrom(...(Object.keys(attributes) as Attribute[])) }),
)

test('any operand comes back from its text', () => {
  fc.assert(
    fc.property(operand, value => {
      expect(parseOperand(printOperand(value))).toEqual(value)
    }),
    { numRuns: 1_000 },
  )
})

test('any sort comes back from its text', () => {
  fc.assert(
    fc.property(operand, fc.boolean(), (operand, descending) => {
      expect(parseSort(printSort({ operand, descending }))).toEqual({ operand, descending })
    }),
  )
})

test.each<[Operand, string]>([
  [{ kind: 'metric', key: 'val/acc', aggregate: 'max' }, 'max(metrics.`val/acc`)'],
  [{ kind: 'metric', key: 'acc', aggregate: 'last' }, 'metrics.acc'],
  [{ kind: 'param', key: 'lr' }, 'params.lr'],
  [{ kind: 'tag', key: 'mlflow.runName' }, 'tags.mlflow.runName'],
  [{ kind: 'tag', key: 'größe' }, 'tags.größe'],
  [{ kind: 'param', key: 'a`b' }, 'params.`a``b`'],
  [{ kind: 'attribute', key: 'start_time' }, 'start_time'],
])('%j is printed as %s', (operand, text) => {
  expect(printOperand(operand)).toBe(text)
})

test.each<[string, Operand]>([
  ['last(metrics.acc)', { kind: 'metric', key: 'acc', aggregate: 'last' }],
  ['MAX( Metric.val/acc )', { kind: 'metric', key: 'val/acc', aggregate: 'max' }],
  ['parameters."lr ""x"""', { kind: 'param', key: 'lr "x"' }],
  ['`tags`.`a b`', { kind: 'tag', key: 'a b' }],
  ['attributes.status', { kind: 'attribute', key: 'status' }],
  ['attr.created', { kind: 'attribute', key: 'start_time' }],
  ['run.`Run name`', { kind: 'attribute', key: 'run_name' }],
  ['Run Name', { kind: 'attribute', key: 'run_name' }],
  ['"run name"', { kind: 'attribute', key: 'run_name' }],
  ['run_uuid', { kind: 'attribute', key: 'run_id' }],
  [' name ', { kind: 'attribute', key: 'run_name' }],
])('%s is read as MLflow would', (text, operand) => {
  expect(parseOperand(text)).toEqual(operand)
})

test('a key of 10,000 characters survives', () => {
  const operand: Operand = { kind: 'metric', key: '`é/'.repeat(3_334), aggregate: 'min' }
  expect(parseOperand(printOperand(operand))).toEqual(operand)
})

test.each([
  ['', 0, 0, undefined],
  ['acc', 0, 3, undefined],
  ['max(params.lr)', 4, 13, undefined],
  ['metrics.acc metrics.loss', 12, 24, undefined],
  ['stratus', 0, 7, 'status'],
  ['constructor', 0, 11, undefined],
  ['__proto__.x', 0, 9, undefined],
])('%s is refused with its position', (text, start, end, nearest) => {
  expect(parseOperand(text)).toMatchObject({ start, end, ...(nearest === undefined ? {} : { nearest }) })
})

test('a sort takes MLflow’s direction words, but not both kinds at once', () => {
  expect(parseSort('metrics.acc DESC')).toEqual({ operand: { kind: 'metric', key: 'acc', aggregate: 'last' }, descending: true })
  expect(parseSort('start_time asc')).toEqual({ operand: { kind: 'attribute', key: 'start_time' }, descending: false })
  expect(parseSort('-start_time desc')).toMatchObject({ start: 12, end: 16 })
})
