import { fromFloat64, type Float64, type Int64 } from '#contract/int64.ts'
import type { MetricSummary } from '#contract/run.ts'
import { metricFormat } from '#domain/metric-format.ts'
import { formatNumber, formatStep, type NumberFormat } from '#lib/format.ts'

export interface NumberText {
  value: number
  text: string
  /** Decimals after the point, so that points can stand below each other; null for words, exponents and what is missing. */
  decimals: number | null
  /** `@ 1,460`; empty where a step means nothing. */
  step: string
  /** As it was logged. */
  exact: string
}

export interface MetricRow {
  metric: MetricSummary
  last: NumberText
  min: NumberText
  max: NumberText
  mean: NumberText
}

const missing: NumberText = { value: Number.NaN, text: '–', decimals: null, step: '', exact: 'No finite value' }

function numberText(value: Float64, step: Int64 | null, format: NumberFormat): NumberText {
  const number = fromFloat64(value)
  const text = formatNumber(number, format)
  const isPlain = Number.isFinite(number) && !text.includes('e')
  return {
    value: number,
    text,
    decimals: isPlain ? format.decimals : null,
    step: step === null ? '' : `@ ${formatStep(step)}`,
    exact: String(value),
  }
}

/** A row of the metrics table with its numbers written. */
export function metricRow(metric: MetricSummary): MetricRow {
  const format = metricFormat(metric)
  const { last, min, max, mean } = metric
  return {
    metric,
    last: numberText(last.value, last.step, format.values),
    min: min ? numberText(min.value, min.step, format.values) : missing,
    max: max ? numberText(max.value, max.step, format.values) : missing,
    mean: mean === null ? missing : numberText(mean, null, format.mean),
  }
}

export interface ColumnSize {
  /** Decimals of the number that has most of them. */
  decimals: number
  /** Characters of the widest number, its decimals filled up. */
  characters: number
  /** Characters of the longest step. */
  step: number
}

/** Room that the numbers of one column take with their decimal points below each other. */
export function columnSize(numbers: readonly NumberText[]): ColumnSize {
  let decimals = 0
  for (const number of numbers) decimals = Math.max(decimals, number.decimals ?? 0)
  let characters = 1
  let step = 0
  for (const number of numbers) {
    const { digits, point } = padding(number, decimals)
    characters = Math.max(characters, number.text.length + digits + Number(point))
    step = Math.max(step, number.step.length)
  }
  return { decimals, characters, step }
}

/** Digits that a number lacks behind its last one, and whether it lacks the decimal point too. */
export function padding({ decimals }: NumberText, most: number): { digits: number; point: boolean } {
  if (decimals === null) return { digits: 0, point: false }
  return { digits: most - decimals, point: decimals === 0 && most > 0 }
}
