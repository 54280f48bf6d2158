import type { ValueRow } from '#charts/prepare/value-rows.ts'

import type { ChartTheme } from './chart-theme.ts'
import { lineShape, textShape, type Shape } from './shapes.ts'

const pitch = 24
const radius = 4
/** Of the width, what labels have. */
const labelShare = 0.34
const valueWidth = 96
const gap = 12
/** Canvases end at some ten thousand px; what lies beyond is counted. */
const mostRows = 200

/** Rows of label, dot and value for a picture, from `top` down (px), and where they end. */
export function valueRowShapes(
  rows: readonly ValueRow[],
  theme: ChartTheme,
  { left, top, width }: { left: number; top: number; width: number },
): { shapes: Shape[]; bottom: number } {
  const from = left + width * labelShare + gap + radius
  const to = left + width - valueWidth - gap - radius
  const place = (fraction: number): number => from + fraction * (to - from)
  const drawn = rows.slice(0, mostRows)
  const shapes = drawn.flatMap(({ short, color, context, text, at, band }, index) => {
    const y = top + (index + 0.5) * pitch
    const ink = context ? theme.context : theme.color(color)
    return [
      textShape(theme, short, left, y, theme.label, 'left'),
      lineShape(from - radius, y, to + radius, y, theme.grid),
      ...(band ? [lineShape(place(band[0]), y, place(band[1]), y, ink, 2)] : []),
      ...(at === null ? [] : [dot(place(at), y, ink)]),
      textShape(theme, text, left + width, y, at === null ? theme.warn : theme.text, 'right'),
    ]
  })
  const bottom = top + drawn.length * pitch
  const more = rows.length - drawn.length
  if (more === 0) return { shapes, bottom }
  return {
    shapes: [...shapes, textShape(theme, `and ${more} more`, left, bottom + pitch / 2, theme.label, 'left')],
    bottom: bottom + pitch,
  }
}

function dot(cx: number, cy: number, fill: string): Shape {
  return { type: 'circle', shape: { cx, cy, r: radius }, style: { fill }, silent: true }
}
