import { fromFraction } from './axis-scale.ts'
import type { RelationAxis } from './relation-axis.ts'

/** What is picked on an axis: numbers from one to another, both included, or some texts. */
export type Brush = { key: string; kind: 'range'; from: number; to: number } | { key: string; kind: 'of'; texts: readonly string[] }

/** Digits of a limit that was dragged: a pixel is no more exact. */
const digits = 4

/** The brush of a stretch of an axis, by fractions of it; null where nothing lies in it. */
export function brushOf(axis: RelationAxis, a: number, b: number): Brush | null {
  const [low, high] = a < b ? [a, b] : [b, a]
  if (axis.kind === 'number') {
    const limit = (at: number) => Number(fromFraction(axis.scale, Math.max(0, Math.min(1, at))).toPrecision(digits))
    return { key: axis.key, kind: 'range', from: limit(low), to: limit(high) }
  }
  const texts = axis.categories.filter((_, at) => {
    const place = (at + 0.5) / axis.categories.length
    return place >= low && place <= high
  })
  return texts.length === 0 ? null : { key: axis.key, kind: 'of', texts }
}

/** Is the run in all brushes? Those of axes that are not drawn count for nothing; a run without the quantity is in none. */
export function isBrushed(axes: readonly RelationAxis[], brushes: readonly Brush[], run: number): boolean {
  return brushes.every(brush => {
    const axis = axes.find(({ key }) => key === brush.key)
    if (!axis) return true
    if (axis.kind === 'category') return brush.kind === 'of' && brush.texts.includes(axis.texts[run] ?? '')
    const value = axis.numbers[run] ?? Number.NaN
    return brush.kind === 'range' ? value >= brush.from && value <= brush.to : brush.texts.includes(String(value))
  })
}
