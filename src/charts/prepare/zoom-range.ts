import { fromFraction, type AxisScale } from './axis-scale.ts'

export type ZoomRange = readonly [from: number, to: number]

/** The window between two fractions of an axis, in either order; null where it is too narrow to be one. */
export function rangeBetween(scale: AxisScale, a: number, b: number): ZoomRange | null {
  const from = fromFraction(scale, Math.max(0, Math.min(a, b)))
  const to = fromFraction(scale, Math.min(1, Math.max(a, b)))
  return Number.isFinite(from) && Number.isFinite(to) && from < to ? [from, to] : null
}

/** The window after zooming by `factor` (above 1 into it) with the fraction `at` kept in its place; null where it holds all of `full`. */
export function zoomedRange(scale: AxisScale, factor: number, at: number, full: ZoomRange | null): ZoomRange | null {
  const from = fromFraction(scale, at - at / factor)
  const to = fromFraction(scale, at + (1 - at) / factor)
  const [least, most] = full ?? [-Infinity, Infinity]
  const range: ZoomRange = [Math.max(from, least), Math.min(to, most)]
  if (!(range[0] < range[1]) || !range.every(Number.isFinite)) return null
  return full && range[0] <= least && range[1] >= most ? null : range
}
