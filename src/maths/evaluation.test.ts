import { readFileSync } from 'node:fs'
import path from 'node:path'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { confusionMatrix, confusionReport, normalizeConfusion, type ClassScores } from './confusion.ts'
import { meanOverClasses, oneVsRest, pooledRanking } from './one-vs-rest.ts'
import { averagePrecision, precisionRecall } from './precision-recall.ts'
import { rankScores } from './ranking.ts'
import { areaUnder, averageRoc, rocAuc, rocCurve } from './roc.ts'

/** NaN is null there. */
type Wire = number | 'Infinity' | null

interface Golden {
  binary: Record<string, { labels: number[]; scores: number[]; auc: Wire; ap: Wire; recall: Wire[] | null } & Record<Curve, Wire[]>>
  many: Record<string, { labels: number[]; scores: number[][]; aucs: number[] } & Record<Average, number>>
  confusion: Record<string, ConfusionCase>
}
type Curve = 'thresholds' | 'fpr' | 'tpr' | 'precision'
type Average = 'macroAuc' | 'weightedAuc' | 'microAuc' | 'macroAp' | 'weightedAp' | 'microAp'
interface ConfusionCase extends Record<'counts' | 'true' | 'pred' | 'all' | 'scores', number[][]>, Record<keyof Averages, number[]> {
  labels: number[]
  predicted: number[]
  classes: number
  accuracy: number
}
type Averages = Pick<ReturnType<typeof confusionReport>, 'macro' | 'weighted' | 'micro'>

const golden = JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures', 'evaluation.json'), 'utf8')) as Golden
const tolerance = 1e-9

function agree(ours: ArrayLike<number>, theirs: readonly Wire[]): void {
  expect(ours).toHaveLength(theirs.length)
  for (const [at, their] of theirs.entries()) {
    const expected = their === null ? Number.NaN : Number(their)
    if (Number.isFinite(expected)) expect(Math.abs((ours[at] ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance)
    else expect(ours[at]).toBe(expected)
  }
}

describe.each(Object.entries(golden.binary))('scikit-learn agrees on a ranking: %s', (_, example) => {
  const ranking = rankScores(example.labels, example.scores)

  test('ROC and its area', () => {
    const { thresholds, falsePositiveRate, truePositiveRate } = rocCurve(ranking)
    agree(thresholds, example.thresholds)
    agree(falsePositiveRate, example.fpr)
    agree(truePositiveRate, example.tpr)
    agree([rocAuc(ranking)], [example.auc])
  })

  test('precision, recall and average precision', () => {
    const { precision, recall } = precisionRecall(ranking)
    agree(precision, example.precision)
    agree(recall, example.recall ?? example.precision.map(() => null))
    agree([averagePrecision(ranking)], [example.ap])
  })
})

test.each(Object.entries(golden.many))('scikit-learn agrees on one class against the rest: %s', (_, { labels, scores, ...theirs }) => {
  const rankings = oneVsRest(labels, scores)
  const pooled = pooledRanking(labels, scores)
  agree(rankings.map(rocAuc), theirs.aucs)
  agree(
    [
      meanOverClasses(rankings, rocAuc, false),
      meanOverClasses(rankings, rocAuc, true),
      rocAuc(pooled),
      meanOverClasses(rankings, averagePrecision, false),
      meanOverClasses(rankings, averagePrecision, true),
      averagePrecision(pooled),
    ],
    [theirs.macroAuc, theirs.weightedAuc, theirs.microAuc, theirs.macroAp, theirs.weightedAp, theirs.microAp],
  )
  const { falsePositiveRate, truePositiveRate } = averageRoc(rankings.map(rocCurve))
  agree([areaUnder(falsePositiveRate, truePositiveRate)], [theirs.macroAuc])
})

test.each(Object.entries(golden.confusion))('scikit-learn agrees on a confusion matrix: %s', (_, example) => {
  const { labels, predicted, classes } = example
  const counts = confusionMatrix(labels, predicted, classes)
  agree(counts, example.counts.flat())
  agree(normalizeConfusion(counts, classes, 'row'), example.true.flat())
  agree(normalizeConfusion(counts, classes, 'column'), example.pred.flat())
  agree(normalizeConfusion(counts, classes, 'all'), example.all.flat())
  const report = confusionReport(counts, classes)
  agree(
    report.classes.flatMap(({ precision, recall, f1, support }) => [precision, recall, f1, support]),
    example.scores.flat(),
  )
  agree([report.accuracy], [example.accuracy])
  const all = ({ precision, recall, f1 }: ClassScores) => [precision, recall, f1]
  for (const average of ['macro', 'weighted', 'micro'] as const) agree(all(report[average]), example[average])
})

test('the area is how often a positive has a greater score than a negative, ties being halves', () => {
  const example = fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double()) })
  fc.assert(
    fc.property(fc.array(example, { maxLength: 40 }), examples => {
      const known = examples.filter(({ score }) => !Number.isNaN(score))
      const upper = known.filter(({ label }) => label === 1)
      const lower = known.filter(({ label }) => label === 0)
      const ranking = rankScores(
        examples.map(({ label }) => label),
        examples.map(({ score }) => score),
      )
      expect(ranking).toMatchObject({ positives: upper.length, negatives: lower.length, unranked: examples.length - known.length })
      const wins = upper.flatMap(one => lower.map(other => (one.score > other.score ? 1 : one.score === other.score ? 0.5 : 0)))
      const expected = wins.length === 0 ? Number.NaN : wins.reduce((sum: number, win) => sum + win, 0) / wins.length
      agree([rocAuc(ranking)], [Number.isNaN(expected) ? null : expected])
    }),
    { numRuns: 1_000 },
  )
})

test('a million scores, half of them tied', () => {
  const count = 1_000_000
  const labels = Uint8Array.from({ length: count }, (_, at) => Number(at % 3 === 0))
  const scores = Float64Array.from({ length: count }, (_, at) => (at % 2 === 0 ? 0.5 : at / count))
  const ranking = rankScores(labels, scores)
  expect(ranking.thresholds).toHaveLength(1 + count / 2)
  expect(ranking.truePositives.at(-1)).toBe(ranking.positives)
  expect(ranking.falsePositives.at(-1)).toBe(ranking.negatives)
  expect(rocAuc(ranking)).toBeCloseTo(0.5, 4)
})

test('classes that are not known are left out of a matrix, and an empty one has no rates', () => {
  expect([...confusionMatrix([0, -1, 1, 2], [1, 0, 1, 0], 2)]).toEqual([0, 1, 0, 1])
  expect(confusionReport(new Float64Array(4), 2)).toMatchObject({ accuracy: 0, macro: { f1: 0 }, weighted: { f1: 0 } })
})
