import { graphic } from 'echarts/core'

import type { PlotBox } from './chart-geometry.ts'
import { tracePoints, type Pen } from './trace-points.ts'

/** Name under which custom series of the drawing library find the shape. */
export const linePath = 'readoutLine'

interface LinePathShape extends PlotBox {
  /** Interleaved fractions of the plot; a pair of NaN is a gap. */
  points: Float64Array
}

/**
 * Registers a shape that draws a line straight from a model's numbers: the library's own line series copies them into a table, looks for
 * their extent and projects them again, which takes most of the time of a chart of 100,000 points.
 */
export function registerLinePath(): void {
  graphic.registerShape(
    linePath,
    graphic.extendShape({
      shape: { points: new Float64Array(), left: 0, top: 0, width: 0, height: 0 },
      buildPath: (pen: Pen, shape: LinePathShape) => tracePoints(pen, shape.points, shape),
      // It is clipped to the plot, so nobody needs to look through its points.
      getBoundingRect(this: { shape: LinePathShape }) {
        const { left, top, width, height } = this.shape
        return new graphic.BoundingRect(left, top, width, height)
      },
    }),
  )
}
