import type { Derivation } from '#contract/derivation.ts'

import { metricDirection } from './metric-direction.ts'

export type SmoothingKind = Extract<Derivation['kind'], 'ema' | 'gaussian' | 'mean'>
type Average = Extract<Derivation, { kind: SmoothingKind }>
/** How the lines of a page are smoothed. Which value is the best so far depends on the metric of each chart. */
export type Smoothing = Average | { kind: 'best' }

interface KindFacts {
  text: string
  /** Amounts that a slider goes through, from nearly nothing to very smooth. */
  amounts: readonly number[]
  /** Where the slider begins. */
  first: number
  make: (amount: number) => Average
}

export const smoothingKinds: Record<SmoothingKind, KindFacts> = {
  ema: {
    text: 'EMA',
    amounts: [0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999],
    first: 0.6,
    make: weight => ({ kind: 'ema', weight }),
  },
  gaussian: {
    text: 'Gaussian',
    amounts: [0.5, 1, 2, 3, 5, 8, 12, 20, 30, 50, 100, 200],
    first: 3,
    make: sigma => ({ kind: 'gaussian', sigma }),
  },
  mean: {
    text: 'Running mean',
    amounts: [3, 5, 7, 9, 15, 25, 51, 101, 201, 501, 1_001],
    first: 9,
    make: points => ({ kind: 'mean', points }),
  },
}

/** The number that says how smooth: the weight, σ in points, or the number of points. */
export function amountOf(smoothing: Average): number {
  return smoothing.kind === 'ema' ? smoothing.weight : smoothing.kind === 'gaussian' ? smoothing.sigma : smoothing.points
}

/** As it stands on a button and in the head of a chart: `EMA 0.6`. */
export function smoothingText(smoothing: Smoothing): string {
  if (smoothing.kind === 'best') return 'best so far'
  const amount = amountOf(smoothing)
  return `${smoothingKinds[smoothing.kind].text} ${smoothing.kind === 'gaussian' ? `σ ${amount}` : amount}`
}

/** As it stands in an address, `ema:0.6`; the empty text for none. */
export function printSmoothing(smoothing: Smoothing | null): string {
  if (!smoothing) return ''
  return smoothing.kind === 'best' ? 'best' : `${smoothing.kind}:${amountOf(smoothing)}`
}

/** Reads what `printSmoothing` wrote; null for anything else. */
export function parseSmoothing(text: string | undefined): Smoothing | null {
  if (text === 'best') return { kind: 'best' }
  const [kind = '', number = ''] = (text ?? '').split(':')
  const amount = Number(number)
  if (number.trim() === '' || !Number.isFinite(amount)) return null
  if (kind === 'ema') return amount >= 0 && amount < 1 ? { kind, weight: amount } : null
  if (kind === 'gaussian') return amount > 0 && amount <= 500 ? { kind, sigma: amount } : null
  if (kind === 'mean') return Number.isInteger(amount) && amount > 0 && amount <= 1_001 ? { kind, points: amount } : null
  return null
}

/** What is made of the series of a metric; null for the best of a metric of which nobody knows which way is better. */
export function derivationOf(smoothing: Smoothing, metric: string): Derivation | null {
  if (smoothing.kind !== 'best') return smoothing
  const direction = metricDirection(metric)
  return direction && { kind: 'best', direction: direction === 'higher' ? 'max' : 'min' }
}
