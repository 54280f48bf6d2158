import { printOperand } from '#contract/operand-text.ts'
import type { SeriesRecord } from '#server/readers/record.ts'

import { logUniform, pick } from './random.ts'

/** What the runs of a generated store have. */
export interface Shape {
  runs: number
  points: number
  /** Runs are stored this many at once: a batch that is small beside the number of keys rewrites every leaf of the tree for each. */
  batch: number
  metrics: (run: number) => string[]
  params: (run: number, random: () => number) => [string, string][]
}

const denseMetrics = ['val/acc', 'val/loss', 'train/acc', 'train/loss', 'lr', 'grad_norm', 'epoch', 'val/f1', 'val/auc', 'throughput']
const optimizers = ['adam', 'sgd', 'rmsprop', 'lion', 'adamw'] as const
const models = ['resnet18', 'resnet50', 'vit-b16', 'convnext-tiny', 'mobilenet-v3'] as const

function count(name: string, from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `${name}${from + index}`)
}

function commonParams(run: number, random: () => number): [string, string][] {
  return [
    ['optimizer', pick(random, optimizers)],
    ['lr', logUniform(random, 1e-5, 1e-1).toPrecision(4)],
    ['batch_size', String(2 ** (4 + Math.floor(random() * 6)))],
    ['model', pick(random, models)],
    ['seed', String(Math.floor(random() * 1e6))],
    ['config', `configs/${pick(random, models)}/sweep-${run}.yaml`],
  ]
}

function moreParams(random: () => number, to: number): [string, string][] {
  return count('model.layer.', 6, to).map((key, index) => [
    key,
    index % 3 === 0 ? pick(random, ['relu', 'gelu', 'silu', 'True', 'None']) : String(Math.round(random() * 1e4) / 1e4),
  ])
}

/** Walks through all keys, so that even a few runs have every one of them. */
function some(prefix: string, of: number, run: number, each: number): string[] {
  return Array.from({ length: each }, (_, index) => `${prefix}${(run * each + index) % of}`)
}

const tableMetrics = [...denseMetrics, ...count('val/class/', 10, 30)]
/** The columns that every run of the table has: 30 metrics and 20 params. */
export const denseColumns = [
  ...tableMetrics.map(key => printOperand({ kind: 'metric', key, aggregate: 'last' })),
  ...[...commonParams(0, () => 0), ...moreParams(() => 0, 20)].map(([key]) => printOperand({ kind: 'param', key })),
]
const curveMetrics = [...denseMetrics, ...count('eval/task/', 10, 100)]
const wideMetrics = [...denseMetrics, ...count('layers/weight_norm/', 10, 1_500)]

export const shapes = {
  /** The run table: many runs with the same keys. */
  table: {
    runs: 100_000,
    points: 10,
    batch: 1_000,
    metrics: () => tableMetrics,
    params: (run, random) => [...commonParams(run, random), ...moreParams(random, 20)],
  },
  /** The run page: few runs with many keys each. */
  wide: {
    runs: 1_000,
    points: 10,
    batch: 50,
    metrics: () => wideMetrics,
    params: (run, random) => [...commonParams(run, random), ...moreParams(random, 150)],
  },
  /** The key search: many keys in one project, few of them in a run. */
  keys: {
    runs: 2_000,
    points: 2,
    batch: 1_000,
    metrics: run => [...denseMetrics, ...some('sweep/probe/', 12_000 - 16, run, 190)],
    params: commonParams,
  },
  /** The browser: as many runs as the table and far more columns than a run has. */
  sparse: {
    runs: 100_000,
    points: 2,
    batch: 5_000,
    metrics: run => [...denseMetrics, ...some('eval/task/', 5_000 - 16, run, 30)],
    params: commonParams,
  },
  /** Charts: many runs and many curves of some length. */
  curves: {
    runs: 500,
    points: 200,
    batch: 50,
    metrics: () => curveMetrics,
    params: commonParams,
  },
} satisfies Record<string, Shape>

/** Metrics of the sparse store, all told. */
export const sparseKeys = 5_000 - 16 + denseMetrics.length

export type StoreName = keyof typeof shapes

/** A curve that falls or rises to where this run ends, with noise; one in 500 diverges to NaN and some are cut short. */
export function curve(key: string, points: number, start: number, random: () => number): SeriesRecord {
  const end = random()
  const falls = key.includes('loss') || key.includes('norm') || key === 'lr'
  const diverges = random() < 0.002
  const length = random() < 0.02 ? Math.max(1, Math.floor(points * random())) : points
  const series: SeriesRecord = { key, steps: [], times: [], values: [] }
  for (let step = 0; step < length; step += 1) {
    const progress = 1 - Math.exp((-4 * (step + 1)) / length)
    const noise = 0.01 * (random() - 0.5)
    series.steps.push(step * 100)
    series.times.push(start / 1_000 + step * 10)
    series.values.push(diverges && step === length - 1 ? Number.NaN : falls ? 2.3 - (2.3 - end) * progress + noise : end * progress + noise)
  }
  return series
}
