import { toFraction, type AxisScale } from './axis-scale.ts'

export interface Projected {
  /** Interleaved fractions; a pair of NaN is a gap. */
  points: Float64Array
  /** Interleaved fractions of points without a neighbour. */
  dots: Float64Array
  /** Points that a log axis cannot show. */
  hidden: number
}

/** Places of a line in the plot, in the order of its points, broken at values that are not finite or not on the axis and before each index of `gaps`. */
export function projectLine(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  xScale: AxisScale,
  yScale: AxisScale,
  gaps: readonly number[] = [],
): Projected {
  const points = new Float64Array((x.length + gaps.length) * 2)
  const dots: number[] = []
  let at = 0
  let gap = 0
  let hidden = 0
  /** Points since the line began or was broken. */
  let length = 0
  const end = (): void => {
    if (length === 1) dots.push(points[at - 2] ?? 0, points[at - 1] ?? 0)
    length = 0
  }
  const put = (px: number, py: number): void => {
    points[at++] = px
    points[at++] = py
  }
  for (let index = 0; index < x.length; index++) {
    if (gaps[gap] === index) {
      end()
      put(Number.NaN, Number.NaN)
      gap += 1
    }
    const xHere = x[index] ?? Number.NaN
    const yHere = y[index] ?? Number.NaN
    const px = toFraction(xScale, xHere)
    const py = toFraction(yScale, yHere)
    if (Number.isNaN(px) || Number.isNaN(py)) {
      if ((xScale.log && xHere <= 0) || (yScale.log && yHere <= 0 && yHere > -Infinity)) hidden += 1
      end()
      put(Number.NaN, Number.NaN)
    } else {
      put(px, py)
      length += 1
    }
  }
  end()
  return { points, dots: Float64Array.from(dots), hidden }
}

/** Places at each `distance` px along a line in a plot of `width` × `height` px, for markers. */
export function markersAlong(points: Float64Array, width: number, height: number, distance: number): Float64Array {
  const places: number[] = []
  let left = distance / 2
  for (let at = 0; at + 3 < points.length; at += 2) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.subarray(at, at + 4)
    const length = Math.hypot((x1 - x0) * width, (y1 - y0) * height)
    if (!(length > 0)) continue
    let walked = left
    for (; walked <= length; walked += distance) {
      const share = walked / length
      const [px, py] = [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share]
      if (px >= 0 && px <= 1 && py >= 0 && py <= 1) places.push(px, py)
    }
    left = walked - length
  }
  return Float64Array.from(places)
}
