import type { PlotBox } from './chart-geometry.ts'

export interface Pen {
  moveTo: (x: number, y: number) => void
  lineTo: (x: number, y: number) => void
}

/** Walks a line through a plot, the pen up at gaps. */
export function tracePoints(pen: Pen, points: Float64Array, { left, top, width, height }: PlotBox): void {
  let down = false
  for (let at = 0; at + 1 < points.length; at += 2) {
    const px = points[at] ?? Number.NaN
    const py = points[at + 1] ?? Number.NaN
    // Only NaN is not itself.
    if (px !== px || py !== py) down = false
    else if (down) pen.lineTo(left + px * width, top + (1 - py) * height)
    else {
      pen.moveTo(left + px * width, top + (1 - py) * height)
      down = true
    }
  }
}
