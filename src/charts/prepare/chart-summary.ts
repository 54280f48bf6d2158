import { formatDuration, formatTime } from '#lib/format-time.ts'
import { formatCount, formatNumber, formatPlural, formatStep, type NumberFormat } from '#lib/format.ts'

import type { AxisScale } from './axis-scale.ts'
import type { ChartOptions, LineInput, XKind } from './line-input.ts'
import { nonFiniteText } from './non-finite.ts'
import { seamWords } from './seams.ts'
import { extent } from './value-range.ts'
import { areSingleValues } from './value-rows.ts'

/** Lines that are told one by one. */
const toldLines = 6

/** A place on the horizontal axis in words: `1,240`, `22 Nov 14:03`, `6 min 34 s`; `format` is how a metric is written. */
export function formatX(x: number, kind: XKind, format: NumberFormat): string {
  if (kind === 'metric') return formatNumber(x, format)
  if (kind === 'time') return formatTime(x * 1_000) || formatCount(x)
  if (kind === 'relative') return formatDuration(x * 1_000)
  return Number.isInteger(x) ? formatStep(x) : formatNumber(x, { decimals: 1, exponents: false })
}

const axisNames: Record<Exclude<XKind, 'metric'>, string> = { step: 'step', time: 'time', relative: 'relative time' }

function lineWords({ label, window }: LineInput, format: NumberFormat): string {
  const { values } = window.drawn
  const range = extent([values], false)
  if (!range) return `${label}: no finite value.`
  const last = values.findLast(value => Number.isFinite(value)) ?? 0
  const written = (value: number): string => formatNumber(value, format)
  const more = [nonFiniteText([window]), seamWords(window)].filter(text => text !== '').map(text => `, ${text}`)
  return `${label}: last ${written(last)}, least ${written(range.min)}, greatest ${written(range.max)}${more.join('')}.`
}

function valueWords({ label, window }: LineInput, format: NumberFormat): string {
  return `${label}: ${formatNumber(window.drawn.values[0] ?? Number.NaN, format)}.`
}

/** The chart in sentences, for those who do not see it. `scale` is the horizontal axis, `formats` how its values and those of the lines are written. */
export function chartSummary(
  lines: readonly LineInput[],
  options: ChartOptions,
  scale: AxisScale,
  formats: { values: NumberFormat; x: NumberFormat },
): string {
  const { title, x, yLog, xKey = '' } = options
  if (lines.length === 0) return `${title}: no lines.`
  const single = areSingleValues(lines)
  const axis = x === 'metric' ? xKey : axisNames[x]
  const range = `${axis} from ${formatX(scale.min, x, formats.x)} to ${formatX(scale.max, x, formats.x)}`
  const count = formatPlural(lines.length, 'line')
  const head = single
    ? `Values of ${title}, ${count} with one each.`
    : `Line chart of ${title}, ${count}, ${range}${yLog ? ', on a log axis' : ''}.`
  const words = single ? valueWords : lineWords
  const told = lines.slice(0, toldLines).map(line => words(line, formats.values))
  const rest = lines.length > toldLines ? [`And ${formatPlural(lines.length - toldLines, 'more line')}.`] : []
  return [head, ...told, ...rest].join(' ')
}
