import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from 'vitest'

import { fromFloat64 } from '#contract/int64.ts'
import { areaUnder } from '#maths/roc.ts'

import { EvaluationError } from './evaluation-error.ts'
import { readEvaluation } from './read-evaluation.ts'

const read = (json: unknown) => readEvaluation(JSON.stringify(json))

describe('our own JSON', () => {
  test('is read as it is written', () => {
    const matrix = { kind: 'readout/confusion-matrix', version: 1, labels: ['cat', 'dog'], counts: [[3, 1], [0, 2]], split: 'test' } // prettier-ignore
    expect(read(matrix)).toEqual(matrix)
    const curve = { label: 'dog', fpr: [0, 0.5, 1], tpr: [0, 1, 1], positives: 2, negatives: 4 }
    expect(read({ kind: 'readout/roc', version: 1, curves: [curve] })).toMatchObject({ curves: [curve] })
  })

  test('may hold the bare words of Python, and fields of a later version', () => {
    const text =
      '{"kind": "readout/pr", "version": 1, "by": "us", "curves": [{"label": "a", "precision": [1, NaN], "recall": [0, 1], "thresholds": [Infinity, -Infinity]}]}'
    expect(readEvaluation(text)).toEqual({
      kind: 'readout/pr',
      version: 1,
      curves: [{ label: 'a', precision: [1, 'NaN'], recall: [0, 1], thresholds: ['Infinity', '-Infinity'] }],
    })
  })

  test.each([
    [
      { kind: 'readout/rock' },
      'kind is "readout/rock", expected one of readout/confusion-matrix, readout/roc, readout/pr, readout/calibration. Did you mean readout/roc?',
    ],
    [{ kind: 'readout/roc', version: 2, curves: [] }, /^version: /],
    [{ kind: 'readout/roc', version: 1 }, /^curves: /],
    [{ kind: 'readout/roc', version: 1, curves: [{ label: 'a', fpr: [0, 'x'], tpr: [0, 1] }] }, /^curves\[0\]\.fpr\[1\]: /],
    [
      { kind: 'readout/roc', version: 1, curves: [{ label: 'a', fpr: [0, 1], tpr: [0] }] },
      'curves[0].tpr has 1 numbers, expected 2, as many as fpr.',
    ],
    [
      { kind: 'readout/confusion-matrix', version: 1, labels: ['a', 'b'], counts: [[1, 2]] },
      'counts has 1 rows, expected 2, one for each label.',
    ],
    [
      { kind: 'readout/confusion-matrix', version: 1, labels: ['a', 'b'], counts: [[1, 2], [3]] },
      'counts[1] has 1 numbers, expected 2, one for each label.',
    ],
    [{ kind: 'readout/confusion-matrix', version: 1, labels: ['a'], counts: [[-1]] }, /^counts\[0\]\[0\]: /],
    [
      {
        kind: 'readout/confusion-matrix',
        version: 1,
        labels: ['a', 'a'],
        counts: [
          [1, 2],
          [3, 4],
        ],
      },
      'labels name a class twice: a.',
    ],
  ])('says what is wrong in %j', (json, message) => {
    expect(() => read(json)).toThrow(EvaluationError)
    expect(() => read(json)).toThrow(message)
  })
})

describe('DVCLive', () => {
  test('pairs of classes are counted, labels in the order of numbers, lists of one as what they hold', () => {
    const pairs = [['2', '10'], ['[10]', '10'], ['[2]', '2'], ['a', '2'], ['2', '2']].map(([actual, predicted]) => ({ actual, predicted })) // prettier-ignore
    expect(read(pairs)).toEqual({
      kind: 'readout/confusion-matrix',
      version: 1,
      labels: ['2', '10', 'a'],
      counts: [
        [2, 1, 0],
        [0, 1, 0],
        [1, 0, 0],
      ],
    })
  })

  test('a precision-recall curve rises in recall and gets back the point that DVCLive loses', () => {
    const points = [
      { precision: 0.5, recall: 1, threshold: 0.1 },
      { precision: 1, recall: 0.5, threshold: 0.8 },
    ]
    expect(read({ precision_recall: points })).toMatchObject({
      curves: [{ precision: [1, 1, 0.5], recall: [0, 0.5, 1], thresholds: ['Infinity', 0.8, 0.1] }],
    })
  })
})

test.each([[[]], [{}], [null], [3], [[{ actual: 'a' }]], [{ kind: 'other/roc' }], [{ roc: 1 }], [{ loss: [1, 2] }]])(
  'other JSON is no evaluation data: %j',
  json => {
    expect(read(json)).toBeNull()
  },
)

test('text that is no JSON says so', () => {
  expect(() => readEvaluation('{"kind": ')).toThrow(/^This is no JSON: /)
})

const real = path.resolve(
  import.meta.dirname,
  '../../../../../shared/fixtures/dvclive/filippopellizzari__dvc-template/dvclive/plots/sklearn',
)

describe.skipIf(!existsSync(real))('files of a public repository', () => {
  const of = (name: string) => {
    const text = readFileSync(path.join(real, name), 'utf8')
    const found = readEvaluation(text)
    if (!found) throw new Error(`${name} holds no evaluation data`)
    return { found, text }
  }

  test('a matrix has the counts of its pairs', () => {
    const { found, text } = of('cm.json')
    const [negatives, positives] = ['[0]', '[1]'].map(label => text.split(`"actual": "${label}"`).length - 1)
    expect(found).toMatchObject({ kind: 'readout/confusion-matrix', labels: ['0', '1'] })
    if (found.kind !== 'readout/confusion-matrix') return
    expect(found.counts.map(row => row.reduce((sum, count) => sum + count, 0))).toEqual([negatives, positives])
  })

  test('curves have their points, and the areas that scikit-learn has for them', () => {
    const { found: roc, text } = of('roc.json')
    if (roc.kind !== 'readout/roc') throw new Error(roc.kind)
    const [curve] = roc.curves
    const numbers = (values: readonly Parameters<typeof fromFloat64>[0][] = []) => Float64Array.from(values, fromFloat64)
    expect(curve?.thresholds?.[0]).toBe('Infinity')
    expect(curve?.fpr).toHaveLength(text.split('"fpr"').length - 1)
    expect(areaUnder(numbers(curve?.fpr), numbers(curve?.tpr))).toBeCloseTo(0.9276169274031936, 9)
    const { found: pr } = of('precision_recall.json')
    if (pr.kind !== 'readout/pr') throw new Error(pr.kind)
    expect(pr.curves[0]?.recall.at(-1)).toBe(1)
    const { found: calibration } = of('calibration.json')
    expect(calibration.kind).toBe('readout/calibration')
  })
})
