import type { ChartModel } from '#charts/prepare/chart-model.ts'

/** The plot within a drawing, in px. */
export interface PlotBox {
  left: number
  top: number
  width: number
  height: number
}

export interface Size {
  width: number
  height: number
}

export function plotBox({ margins }: Pick<ChartModel, 'margins'>, { width, height }: Size): PlotBox {
  return {
    left: margins.left,
    top: margins.top,
    width: Math.max(1, width - margins.left - margins.right),
    height: Math.max(1, height - margins.top - margins.bottom),
  }
}

export function toX(box: PlotBox, fraction: number): number {
  return box.left + fraction * box.width
}

export function toY(box: PlotBox, fraction: number): number {
  return box.top + (1 - fraction) * box.height
}

/** Interleaved fractions as pairs of px, as the drawing library takes outlines. */
export function toPairs(box: PlotBox, places: Float64Array): [number, number][] {
  const pairs: [number, number][] = []
  for (let at = 0; at < places.length; at += 2) pairs.push([toX(box, places[at] ?? 0), toY(box, places[at + 1] ?? 0)])
  return pairs
}
