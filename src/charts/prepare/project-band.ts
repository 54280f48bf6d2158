import { toFraction, type AxisScale } from './axis-scale.ts'
import type { BandInput } from './line-input.ts'

/** Closed outlines of a band, one for each stretch in which both edges can be shown: along the upper edge and back along the lower one. */
export function projectBand({ x, low, high }: BandInput, xScale: AxisScale, yScale: AxisScale): Float64Array[] {
  const polygons: Float64Array[] = []
  let upper: number[] = []
  let lower: number[] = []
  const close = (): void => {
    if (upper.length >= 4) {
      const outline = new Float64Array(upper.length * 2)
      outline.set(upper)
      for (let at = 0; at < lower.length; at += 2) {
        outline[outline.length - 2 - at] = lower[at] ?? 0
        outline[outline.length - 1 - at] = lower[at + 1] ?? 0
      }
      polygons.push(outline)
    }
    upper = []
    lower = []
  }
  for (let index = 0; index < x.length; index++) {
    const px = toFraction(xScale, x[index] ?? Number.NaN)
    const top = toFraction(yScale, high[index] ?? Number.NaN)
    const bottom = lowerEdge(yScale, low[index] ?? Number.NaN)
    if (Number.isNaN(px) || Number.isNaN(top) || Number.isNaN(bottom)) close()
    else {
      upper.push(px, top)
      lower.push(px, bottom)
    }
  }
  close()
  return polygons
}

/** On a log axis a lower edge at or below 0 lies below everything that is seen, and is no gap. */
function lowerEdge(scale: AxisScale, value: number): number {
  return scale.log && value <= 0 && value > -Infinity ? -1 : toFraction(scale, value)
}
