import type { ChartModel, LineModel } from '#charts/prepare/chart-model.ts'

import { toPairs, toX, toY, type PlotBox } from './chart-geometry.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { linePath } from './line-path.ts'

/** An element as the custom series of the drawing library takes it. */
export interface Shape {
  type: 'group' | 'line' | 'rect' | 'polygon' | 'circle' | 'text' | typeof linePath
  x?: number
  y?: number
  shape?: object
  style?: object
  children?: Shape[]
  silent?: true
}

const labelSize = 11
const markerSize = 3

/** On the middle of a pixel a line of one pixel is sharp. */
function sharp(place: number): number {
  return Math.round(place - 0.5) + 0.5
}

export function lineShape(x1: number, y1: number, x2: number, y2: number, stroke: string, lineWidth = 1, lineDash?: number[]): Shape {
  return {
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style: { fill: 'none', stroke, lineWidth, ...(lineDash && { lineDash }) },
    silent: true,
  }
}

export function textShape(
  theme: ChartTheme,
  text: string,
  x: number,
  y: number,
  fill: string,
  align: 'left' | 'center' | 'right',
  size = labelSize,
  weight = 420,
): Shape {
  const style = { text, fill, align, verticalAlign: 'middle', fontSize: size, fontFamily: theme.fontFamily, fontWeight: weight }
  return { type: 'text', x, y, style, silent: true }
}

/** Grid and axis with their labels. */
export function axisShapes(model: ChartModel, theme: ChartTheme, box: PlotBox): Shape[] {
  const right = box.left + box.width
  const bottom = sharp(box.top + box.height)
  const rows = model.yAxis.ticks.flatMap(tick => {
    const y = sharp(toY(box, tick.at))
    const label = textShape(theme, tick.text, box.left - 8, y, theme.label, 'right')
    return Math.abs(y - bottom) < 1 ? [label] : [lineShape(box.left, y, right, y, theme.grid), label]
  })
  const columns = model.xAxis.ticks.map(({ at, text, align }) => {
    const side = align === 'start' ? 'left' : align === 'end' ? 'right' : 'center'
    return textShape(theme, text, toX(box, at), bottom + 14, theme.label, side)
  })
  const name = model.xName === null ? [] : [textShape(theme, model.xName, right, bottom + 30, theme.label, 'right')]
  return [...rows, lineShape(box.left, bottom, right, bottom, theme.axis), ...columns, ...name]
}

/** Grounds of the ranges that are not finite. A single point has a column of 3 px. */
export function columnShapes(model: ChartModel, theme: ChartTheme, box: PlotBox): Shape[] {
  return model.nonFinite.map(({ from, to }) => {
    const left = toX(box, from) - 1.5
    const width = Math.max(3, toX(box, to) + 1.5 - left)
    return { type: 'rect', shape: { x: left, y: box.top, width, height: box.height }, style: { fill: theme.warnSoft }, silent: true }
  })
}

export function bandShapes(model: ChartModel, theme: ChartTheme, box: PlotBox): Shape[] {
  return model.bands.flatMap(({ color, context, polygons }) =>
    polygons.map((polygon): Shape => ({
      type: 'polygon',
      shape: { points: toPairs(box, polygon) },
      style: { fill: context ? theme.context : theme.color(color), opacity: theme.bandAlpha },
      silent: true,
    })),
  )
}

function triangle(x: number, y: number, size: number, up: boolean, style: object): Shape {
  const [tip, base] = up ? [y - size, y + size] : [y + size, y - size]
  return {
    type: 'polygon',
    shape: {
      points: [
        [x - size, base],
        [x + size, base],
        [x, tip],
      ],
    },
    style,
    silent: true,
  }
}

/** A word that can be read where a line passes behind it. */
function wordShape(theme: ChartTheme, word: string, x: number, y: number, align: 'left' | 'right'): Shape {
  const shape = textShape(theme, word, x, y, theme.warn, align)
  return { ...shape, style: { ...shape.style, stroke: theme.surface, lineWidth: 4 } }
}

/** Triangles and words of the ranges that are not finite. */
export function nonFiniteShapes(model: ChartModel, theme: ChartTheme, box: PlotBox): Shape[] {
  return model.nonFinite.flatMap(({ from, to, word, wordAt, triangles }) => {
    const shapes = triangles.map(({ at, edge, points }) => {
      const y = edge === 'top' ? box.top + 4 : box.top + box.height - 4
      return triangle(toX(box, at), y, 3, points === 'up', { fill: theme.warn })
    })
    const y = box.top + 8
    if (wordAt === 'right') shapes.push(wordShape(theme, word, toX(box, to) + 6, y, 'left'))
    if (wordAt === 'left') shapes.push(wordShape(theme, word, toX(box, from) - 6, y, 'right'))
    if (wordAt === 'inside') shapes.push(textShape(theme, word, toX(box, from) + 8, y, theme.warn, 'left'))
    return shapes
  })
}

function markerShape({ marker }: LineModel, x: number, y: number, style: object): Shape {
  const size = markerSize
  if (marker === 'square')
    return { type: 'rect', shape: { x: x - size, y: y - size, width: 2 * size, height: 2 * size }, style, silent: true }
  if (marker === 'triangle') return triangle(x, y, size + 0.5, true, style)
  if (marker === 'diamond') {
    const reach = size + 1
    return {
      type: 'polygon',
      shape: {
        points: [
          [x - reach, y],
          [x, y - reach],
          [x + reach, y],
          [x, y + reach],
        ],
      },
      style,
      silent: true,
    }
  }
  return { type: 'circle', shape: { cx: x, cy: y, r: size }, style, silent: true }
}

export function lineColor(line: Pick<LineModel, 'context' | 'color'>, theme: ChartTheme): string {
  return line.context ? theme.context : theme.color(line.color)
}

/** Markers of lines, dots of points without a neighbour, and rings where a run was resumed. */
export function pointShapes(model: ChartModel, theme: ChartTheme, box: PlotBox): Shape[] {
  return model.lines.flatMap(line => {
    const fill = lineColor(line, theme)
    const markers = toPairs(box, line.markers).map(([x, y]) => markerShape(line, x, y, { fill, stroke: theme.surface, lineWidth: 1 }))
    const dots = toPairs(box, line.dots).map(([cx, cy]): Shape => ({
      type: 'circle',
      shape: { cx, cy, r: 2.5 },
      style: { fill },
      silent: true,
    }))
    const seams = line.seams.map(({ at: [x, y] }): Shape => {
      const style = { fill: theme.surface, stroke: fill, lineWidth: 1.5 }
      return { type: 'circle', shape: { cx: toX(box, x), cy: toY(box, y), r: 3.5 }, style, silent: true }
    })
    return [...markers, ...dots, ...seams]
  })
}

/** Names at the right of the plot, each with a dash in its line's colour. */
export function labelShapes(model: ChartModel, theme: ChartTheme, box: PlotBox): Shape[] {
  const left = box.left + box.width + 8
  return model.directLabels.flatMap(({ text, color, at }) => {
    const y = toY(box, at)
    return [lineShape(left, y, left + 8, y, theme.color(color), 2), textShape(theme, text, left + 12, y, theme.label, 'left')]
  })
}
