import { CustomChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'

import type { ChartModel } from '#charts/prepare/chart-model.ts'
import type { ChartOptions, LineInput } from '#charts/prepare/line-input.ts'
import { prepareChart } from '#charts/prepare/prepare-chart.ts'
import { cutText, textWidth } from '#charts/prepare/text-width.ts'

import type { Size } from './chart-geometry.ts'
import { chartOption, shapesOption } from './chart-option.ts'
import type { ChartTheme } from './chart-theme.ts'
import { registerLinePath } from './line-path.ts'
import { lineShape, textShape, type Shape } from './shapes.ts'
import { numberedInOrder } from './svg-ids.ts'
import { valueRowShapes } from './value-row-shapes.ts'

register([CustomChart, GridComponent, CanvasRenderer, SVGRenderer])
registerLinePath()

/** Size of a picture in px, and pixels for each of them in a PNG. */
const picture: Size = { width: 960, height: 540 }
const pixelRatio = 2

const titleHeight = 44
const legendRow = 18
const edge = 12
const mostNamed = 40

interface Headed {
  shapes: Shape[]
  height: number
}

/** Title, meta and the names of all lines that are not grey: a picture that leaves the page explains itself. */
function head(model: ChartModel, theme: ChartTheme, width: number): Headed {
  const titleWidth = textWidth(model.title) * 1.35
  const shapes = [
    textShape(theme, cutText(model.title, width / 2), edge, 22, theme.text, 'left', 14, 530),
    textShape(
      theme,
      cutText(model.meta.join(', '), Math.max(40, width - titleWidth - 3 * edge)),
      edge + titleWidth + edge,
      23,
      theme.label,
      'left',
    ),
  ]
  // Rows name their lines themselves.
  const coloured = model.rows ? [] : model.lines.filter(line => !line.context)
  let [x, y] = [edge, titleHeight]
  for (const line of coloured.slice(0, mostNamed)) {
    const label = cutText(line.label, 220)
    const space = 20 + textWidth(label) + 16
    if (x > edge && x + space > width - edge) [x, y] = [edge, y + legendRow]
    shapes.push(
      lineShape(x, y, x + 14, y, theme.color(line.color), 2, line.dashed ? [4, 2] : undefined),
      textShape(theme, label, x + 20, y, theme.label, 'left'),
    )
    x += space
  }
  const more = coloured.length - mostNamed
  if (more > 0) shapes.push(textShape(theme, `and ${more} more`, x, y, theme.label, 'left'))
  return { shapes, height: coloured.length > 0 ? y + legendRow - 4 : titleHeight }
}

interface Picture {
  size: Size
  option: Record<string, unknown>
}

function headed(lines: readonly LineInput[], options: ChartOptions, theme: ChartTheme): Picture {
  const bare = { ...options, ...picture, labels: 'none' as const }
  const whole = prepareChart(lines, bare)
  const { shapes, height } = head(whole, theme, picture.width)
  if (whole.rows) {
    const rows = valueRowShapes(whole.rows, theme, { left: edge, top: height, width: picture.width - 2 * edge })
    const size = { width: picture.width, height: rows.bottom + edge }
    return { size, option: { ...shapesOption(size, [...shapes, ...rows.shapes]), backgroundColor: theme.surface } }
  }
  const model = prepareChart(lines, { ...bare, height: picture.height - height })
  const margins = { ...model.margins, top: model.margins.top + height }
  return { size: picture, option: { ...chartOption({ ...model, margins }, theme, picture, shapes), backgroundColor: theme.surface } }
}

/** A model as SVG text, the same text for the same model. */
export function drawSvg(option: Record<string, unknown>, size: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption(option)
    return numberedInOrder(chart.renderToSVGString())
  } finally {
    chart.dispose()
  }
}

/** The chart with title and legend as an SVG text. */
export function exportSvg(lines: readonly LineInput[], options: ChartOptions, theme: ChartTheme): string {
  const { option, size } = headed(lines, options, theme)
  return drawSvg(option, size)
}

/** The chart with title and legend as a PNG of 1,920 × 1,080 pixels; of values logged once, as high as they need. Throws where the browser gives no picture. */
export async function exportPng(lines: readonly LineInput[], options: ChartOptions, theme: ChartTheme): Promise<Blob> {
  const { option, size } = headed(lines, options, theme)
  const chart = init(document.createElement('div'), null, { renderer: 'canvas', ...size, devicePixelRatio: pixelRatio })
  try {
    chart.setOption(option)
    const canvas = chart.renderToCanvas({ pixelRatio, backgroundColor: theme.surface })
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('The browser gave no picture of this chart.')
    return blob
  } finally {
    chart.dispose()
  }
}
