import type { ChartModel, LineModel } from '#charts/prepare/chart-model.ts'

import { plotBox, type PlotBox, type Size } from './chart-geometry.ts'
import type { ChartTheme } from './chart-theme.ts'
import { linePath } from './line-path.ts'
import { axisShapes, bandShapes, columnShapes, labelShapes, lineColor, nonFiniteShapes, pointShapes, type Shape } from './shapes.ts'

const dash = [6, 3]
const hiddenAxis = { type: 'value', min: 0, max: 1, show: false, axisPointer: { show: false } } as const

/** Series that draws given shapes; `clip` keeps them in the plot. Nothing of what it drew before is used again: the library would match old and new shapes by their index. */
function shapesSeries(id: string, z: number, clip: boolean, children: Shape[]) {
  return {
    id,
    type: 'custom',
    z,
    clip,
    silent: true,
    animation: false,
    data: [[0, 0]],
    renderItem: () => ({ type: 'group', $mergeChildren: false, children }),
  }
}

function path(points: Float64Array, box: PlotBox, style: object): Shape {
  return { type: linePath, shape: { points, ...box }, style: { fill: 'none', lineJoin: 'round', ...style }, silent: true }
}

function lineStyle(line: LineModel, theme: ChartTheme): object {
  const lineWidth = line.context ? 1 : line.emphasis ? 2.4 : 1.6
  return { stroke: lineColor(line, theme), lineWidth, ...(line.dashed && { lineDash: dash }) }
}

function lineShapes(model: ChartModel, theme: ChartTheme, box: PlotBox): Shape[] {
  const behind = model.lines.flatMap(line =>
    line.behind ? [path(line.behind, box, { stroke: lineColor(line, theme), lineWidth: 1, opacity: 0.38 })] : [],
  )
  const superseded = model.lines.flatMap(line =>
    line.superseded.map(points => path(points, box, { stroke: lineColor(line, theme), lineWidth: 1, opacity: 0.38 })),
  )
  return [...superseded, ...behind, ...model.lines.map(line => path(line.points, box, lineStyle(line, theme)))]
}

/** A picture of shapes alone. */
export function shapesOption({ width, height }: Size, shapes: Shape[]): Record<string, unknown> {
  return {
    animation: false,
    grid: { left: 0, top: 0, width, height, outerBoundsMode: 'none' },
    xAxis: hiddenAxis,
    yAxis: hiddenAxis,
    series: [shapesSeries('shapes', 1, false, shapes)],
  }
}

/** The model as the drawing library takes it. `head`: shapes above the plot of a chart that leaves the page, for which the margins leave room. */
export function chartOption(model: ChartModel, theme: ChartTheme, size: Size, head: Shape[] = []): Record<string, unknown> {
  const box = plotBox(model, size)
  const { left, top, width, height } = box
  return {
    animation: false,
    grid: { left, top, width, height, outerBoundsMode: 'none' },
    xAxis: hiddenAxis,
    yAxis: hiddenAxis,
    series: [
      shapesSeries('columns', 1, true, columnShapes(model, theme, box)),
      shapesSeries('axes', 1, false, axisShapes(model, theme, box)),
      shapesSeries('bands', 2, true, bandShapes(model, theme, box)),
      shapesSeries('lines', 4, true, lineShapes(model, theme, box)),
      shapesSeries('points', 5, false, pointShapes(model, theme, box)),
      shapesSeries('words', 6, false, [...nonFiniteShapes(model, theme, box), ...labelShapes(model, theme, box), ...head]),
    ],
  }
}
