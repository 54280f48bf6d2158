import { toFraction } from '#charts/prepare/axis-scale.ts'
import type { ChartModel, LineModel } from '#charts/prepare/chart-model.ts'
import { cursorSlack, nearestPoint } from '#charts/prepare/nearest-point.ts'

import { plotBox, toX, toY, type PlotBox, type Size } from './chart-geometry.ts'
import type { ChartTheme } from './chart-theme.ts'
import { tracePoints } from './trace-points.ts'

/** What moves with the pointer, and is drawn on a canvas of its own above the chart. */
export interface OverlayState {
  cursor: number | null
  step: number | null
  /** Id of the line under the pointer. */
  hovered: string | null
  /** Ends of the stretch that is being dragged, in px. */
  drag: readonly [number, number] | null
}

/** Beyond this many, dots hide the lines that they stand on. */
const mostDots = 20

function prepared(canvas: HTMLCanvasElement, { width, height }: Size): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide
    canvas.height = high
  }
  const context = canvas.getContext('2d')
  context?.setTransform(ratio, 0, 0, ratio, 0, 0)
  context?.clearRect(0, 0, width, height)
  return context
}

/** A line once more in its own colour, above all others. */
function drawLine(context: CanvasRenderingContext2D, { points, color }: LineModel, theme: ChartTheme, box: PlotBox): void {
  context.save()
  context.beginPath()
  context.rect(box.left, box.top, box.width, box.height)
  context.clip()
  context.beginPath()
  tracePoints(context, points, box)
  context.strokeStyle = theme.color(color)
  context.lineWidth = 2.4
  context.lineJoin = 'round'
  context.stroke()
  context.restore()
}

function drawDots(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  theme: ChartTheme,
  box: PlotBox,
  { cursor, step, hovered }: OverlayState,
): void {
  if (cursor === null) return
  const slack = cursorSlack(model)
  const dotted = model.lines.filter(line => line.id === hovered || !line.context)
  for (const line of dotted.length > mostDots ? dotted.filter(line => line.id === hovered || line.emphasis) : dotted) {
    const reading = nearestPoint(line.readings, cursor, slack, step)
    if (!reading) continue
    const x = toFraction(model.xAxis.scale, reading.x)
    const y = toFraction(model.yAxis.scale, reading.value)
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) continue
    context.beginPath()
    context.arc(toX(box, x), toY(box, y), 3.75, 0, 2 * Math.PI)
    context.fillStyle = theme.surface
    context.fill()
    context.strokeStyle = theme.color(line.color)
    context.lineWidth = 1.75
    context.stroke()
  }
}

/** Draws the cursor, its dots, the line under the pointer and the stretch being dragged. The chart below is not drawn again. */
export function drawOverlay(canvas: HTMLCanvasElement, model: ChartModel, theme: ChartTheme, size: Size, state: OverlayState): void {
  const isIdle = state.drag === null && state.hovered === null && state.cursor === null
  // An empty canvas is a layer to paint all the same: dozens of charts scroll with it.
  canvas.style.display = isIdle ? 'none' : ''
  if (isIdle) return
  const context = prepared(canvas, size)
  if (!context) return
  const box = plotBox(model, size)
  if (state.drag) {
    const [from, to] = state.drag
    context.fillStyle = theme.cursor
    context.globalAlpha = 0.14
    context.fillRect(Math.min(from, to), box.top, Math.abs(to - from), box.height)
    context.globalAlpha = 1
    for (const edge of state.drag) context.fillRect(Math.round(edge), box.top, 1, box.height)
    return
  }
  const hovered = model.lines.find(line => line.id === state.hovered)
  if (hovered) drawLine(context, hovered, theme, box)
  if (state.cursor === null || model.lines.length === 0) return
  const at = toFraction(model.xAxis.scale, state.cursor)
  if (!(at >= 0 && at <= 1)) return
  context.fillStyle = theme.cursor
  context.fillRect(Math.round(toX(box, at) - 0.5), box.top, 1, box.height)
  drawDots(context, model, theme, box, state)
}
