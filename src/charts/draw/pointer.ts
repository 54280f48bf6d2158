import { fromFraction, toFraction } from '#charts/prepare/axis-scale.ts'
import type { ChartModel } from '#charts/prepare/chart-model.ts'
import { cursorSlack, nearestInPlot, nearestPoint, snapX } from '#charts/prepare/nearest-point.ts'

import { plotBox, toX, toY, type Size } from './chart-geometry.ts'

/** A line is under the pointer up to this far from it, in px. */
const reach = 24

export interface PlaceInPlot {
  /** Fraction of the horizontal axis, from 0 to 1. */
  fraction: number
  /** The nearest point of any line, in the units of the axis; null where there is none. */
  x: number | null
  /** On an axis that is another metric, the step of that point. */
  step: number | null
  /** Id of the line under the pointer. */
  line: string | null
}

/** What is at a place of a drawing (px); null outside of the plot's width. */
export function placeAt(model: ChartModel, size: Size, px: number, py: number): PlaceInPlot | null {
  const box = plotBox(model, size)
  const fraction = (px - box.left) / box.width
  if (!(fraction >= -0.01 && fraction <= 1.01)) return null
  const inside = Math.max(0, Math.min(1, fraction))
  if (model.options.x === 'metric') {
    const found = nearestInPlot(model, px - box.left, box.top + box.height - py, box.width, box.height)
    if (!found) return { fraction: inside, x: null, step: null, line: null }
    return { fraction: inside, x: found.x, step: found.step, line: found.distance < reach ? found.line : null }
  }
  const snapped = snapX(model, fromFraction(model.xAxis.scale, inside))
  const at = snapped === null ? Number.NaN : toFraction(model.xAxis.scale, snapped)
  const x = at >= 0 && at <= 1 ? snapped : null
  let line: string | null = null
  let least = reach
  if (x !== null) {
    const slack = cursorSlack(model)
    for (const { id, readings } of model.lines) {
      const point = nearestPoint(readings, x, slack)
      const distance = point ? Math.abs(toY(box, toFraction(model.yAxis.scale, point.value)) - py) : Infinity
      if (distance < least) [least, line] = [distance, id]
    }
  }
  return { fraction: inside, x, step: null, line }
}

/** Place of a cursor in a drawing, in px from its left. */
export function cursorPx(model: ChartModel, size: Size, cursor: number): number {
  return toX(plotBox(model, size), toFraction(model.xAxis.scale, cursor))
}
