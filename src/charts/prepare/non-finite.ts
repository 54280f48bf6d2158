import type { NonFiniteSpan, SeriesWindow } from '#contract/series-window.ts'
import { formatCount, formatStep } from '#lib/format.ts'

import { toFraction, type AxisScale } from './axis-scale.ts'
import type { NonFiniteColumn } from './chart-model.ts'
import type { XKind } from './line-input.ts'
import { textWidth } from './text-width.ts'

/** Distance of two triangles in px. */
const triangleDistance = 6

export function nonFiniteWords(counts: Pick<NonFiniteSpan, 'nan' | 'positiveInfinity' | 'negativeInfinity'>): string[] {
  return [counts.nan > 0 ? 'NaN' : '', counts.positiveInfinity > 0 ? '+∞' : '', counts.negativeInfinity > 0 ? '−∞' : ''].filter(Boolean)
}

/** Where a span begins and ends on the horizontal axis. */
export function spanEnds(span: NonFiniteSpan, kind: XKind, firstTime: number): [number, number] {
  if (kind === 'metric') return [span.fromX ?? Number.NaN, span.toX ?? Number.NaN]
  if (kind === 'step') return [span.fromStep, span.toStep]
  const [from, to] = [Math.min(span.fromTime, span.toTime), Math.max(span.fromTime, span.toTime)]
  return kind === 'time' ? [from, to] : [from - firstTime, to - firstTime]
}

interface Stretch extends Pick<NonFiniteSpan, 'nan' | 'positiveInfinity' | 'negativeInfinity'> {
  from: number
  to: number
}

/** Spans of all lines in the window, as fractions of the axis; those that touch in the drawing (`near`, a fraction) are one. */
function stretches(windows: readonly SeriesWindow[], kind: XKind, scale: AxisScale, near: number): Stretch[] {
  const all: Stretch[] = []
  for (const { nonFinite, firstTime } of windows) {
    for (const span of nonFinite) {
      const [from, to] = spanEnds(span, kind, firstTime).map(end => toFraction(scale, end)) as [number, number]
      if (!(to >= 0 && from <= 1)) continue
      const { nan, positiveInfinity, negativeInfinity } = span
      all.push({ from: Math.max(0, from), to: Math.min(1, to), nan, positiveInfinity, negativeInfinity })
    }
  }
  all.sort((a, b) => a.from - b.from || a.to - b.to)
  const joined: Stretch[] = []
  for (const stretch of all) {
    const before = joined.at(-1)
    if (!before || stretch.from > before.to + near) joined.push({ ...stretch })
    else {
      before.to = Math.max(before.to, stretch.to)
      before.nan += stretch.nan
      before.positiveInfinity += stretch.positiveInfinity
      before.negativeInfinity += stretch.negativeInfinity
    }
  }
  return joined
}

/** Triangles over a stretch, as many as there is room for and values to mark. */
function trianglesOver({ from, to }: Stretch, count: number, width: number): number[] {
  const room = Math.max(1, Math.floor(((to - from) * width) / triangleDistance) + 1)
  const drawn = Math.min(count, room)
  return Array.from({ length: drawn }, (_, index) => (drawn === 1 ? (from + to) / 2 : from + ((to - from) * index) / (drawn - 1)))
}

/** Columns over the ranges in which lines are not finite, for a plot of `width` px. */
export function nonFiniteColumns(windows: readonly SeriesWindow[], kind: XKind, scale: AxisScale, width: number): NonFiniteColumn[] {
  let wordEnd = -Infinity
  return stretches(windows, kind, scale, 2 / width).map(stretch => {
    const word = nonFiniteWords(stretch).join(', ')
    const size = textWidth(word) + 6
    const right = stretch.to * width + 3
    const left = stretch.from * width - 3 - size
    const inside = left + size + 3 >= wordEnd && right - left - size > size ? 'inside' : null
    const wordAt = right + size <= width && right >= wordEnd ? 'right' : left >= Math.max(0, wordEnd) ? 'left' : inside
    if (wordAt) wordEnd = wordAt === 'right' ? right + size : right
    const below = trianglesOver(stretch, stretch.nan + stretch.negativeInfinity, width)
    const above = trianglesOver(stretch, stretch.positiveInfinity, width)
    return {
      from: stretch.from,
      to: stretch.to,
      word,
      wordAt,
      triangles: [
        ...below.map(at => ({ at, edge: 'bottom' as const, points: stretch.nan > 0 ? ('up' as const) : ('down' as const) })),
        ...above.map(at => ({ at, edge: 'top' as const, points: 'up' as const })),
      ],
    }
  })
}

/** `3 NaN, steps 820 to 860`, `2 NaN, 1 +∞, step 12`; empty where all values are finite. */
export function nonFiniteText(windows: readonly SeriesWindow[]): string {
  const spans = windows.flatMap(window => window.nonFinite)
  if (spans.length === 0) return ''
  const total = (of: (span: NonFiniteSpan) => number): number => spans.reduce((sum, span) => sum + of(span), 0)
  const counts = [
    { count: total(span => span.nan), word: 'NaN' },
    { count: total(span => span.positiveInfinity), word: '+∞' },
    { count: total(span => span.negativeInfinity), word: '−∞' },
  ].filter(({ count }) => count > 0)
  const from = spans.reduce((least, span) => Math.min(least, span.fromStep), Infinity)
  const to = spans.reduce((most, span) => Math.max(most, span.toStep), -Infinity)
  const where = from === to ? `step ${formatStep(from)}` : `steps ${formatStep(from)} to ${formatStep(to)}`
  return `${counts.map(({ count, word }) => `${formatCount(count)} ${word}`).join(', ')}, ${where}`
}
