import { axisNumbers, logNumbers } from './axis-numbers.ts'
import { toFraction, type AxisScale } from './axis-scale.ts'
import type { Tick } from './chart-model.ts'
import { xAxis, yAxis } from './make-axis.ts'
import { extent } from './value-range.ts'

/** One quantity of all runs. */
export interface RelationInput {
  key: string
  /** Of each run: a number, a text as it was logged, or null for none. */
  values: readonly (number | string | null)[]
}

interface AxisBase {
  key: string
  /** Places of the runs as fractions of the axis; null for what has no place on it. */
  places: readonly (number | null)[]
  ticks: readonly Tick[]
  /** Runs that have no place: nothing was logged, or NaN, ±Infinity, or below 0 on a log axis. */
  lacking: number
}

export interface NumberRelationAxis extends AxisBase {
  kind: 'number'
  scale: AxisScale
  numbers: readonly (number | null)[]
  /** All numbers are above 0. */
  canLog: boolean
}

export interface CategoryRelationAxis extends AxisBase {
  kind: 'category'
  categories: readonly string[]
  texts: readonly (string | null)[]
}

export type RelationAxis = NumberRelationAxis | CategoryRelationAxis

/** Ratio from greatest to least from which numbers above 0 are read better on a log axis. */
const wideRatio = 100
/** Values that are named where there are no more. */
const mostTicks = 8
/** Px from one label to the next, beside each other and one over the other. */
const acrossGap = 72
const upGap = 16
/** Categories that are named. */
const mostNamed = 24

function numberOf(value: number | string | null): number | null {
  if (value === null || typeof value === 'number') return value
  return value.trim() === '' ? null : Number(value)
}

/** Numbers, where all that was logged are numbers. NaN that was logged as a number is one, a text that is no number is none. */
function numbersOf({ values }: RelationInput): (number | null)[] | null {
  const numbers = values.map(numberOf)
  const isText = values.some(
    (value, at) => typeof value === 'string' && Number.isNaN(numbers[at] ?? 0) && !/^[+-]?nan$/i.test(value.trim()),
  )
  return isText || numbers.every(value => value === null) ? null : numbers
}

/** Would the numbers be read better on a log axis? */
export function wantsLog(input: RelationInput): boolean {
  const range = extent([finiteOf(numbersOf(input) ?? [])], false)
  return range !== undefined && range.min > 0 && range.max / range.min >= wideRatio
}

function finiteOf(numbers: readonly (number | null)[]): Float64Array {
  return Float64Array.from(numbers, value => value ?? Number.NaN)
}

/**
 * An axis of `length` px for a quantity: of numbers, linear or log, where all are, else one place for each text, in their order.
 * `across` is horizontal.
 */
export function relationAxis(input: RelationInput, log: boolean, length: number, across = false): RelationAxis {
  const numbers = numbersOf(input)
  const { key } = input
  if (numbers === null) return categoryAxis(input)
  const column = [finiteOf(numbers)]
  const canLog = (extent(column, false)?.min ?? 0) > 0
  const isLog = log && extent(column, true) !== undefined
  const range = extent(column, isLog) ?? { min: 0, max: 1 }
  const made = across ? xAxis('metric', range.min, range.max, isLog, length) : yAxis(range.min, range.max, isLog, length)
  const { scale } = made
  const ticks = ticksAtValues(scale, numbers, length / (across ? acrossGap : upGap)) ?? made.ticks
  const places = numbers.map(value => {
    const place = value === null ? Number.NaN : toFraction(scale, value)
    return Number.isNaN(place) ? null : place
  })
  return { kind: 'number', key, scale, ticks, places, numbers, canLog, lacking: countOf(places) }
}

/** A tick at each value, where they are few and stand so far apart that `most` of them would fill the axis: params mostly take a few. */
function ticksAtValues(scale: AxisScale, numbers: readonly (number | null)[], most: number): Tick[] | null {
  const values = [...new Set(numbers)].filter(value => value !== null && !Number.isNaN(toFraction(scale, value))) as number[]
  if (values.length === 0 || values.length > mostTicks) return null
  values.sort((a, b) => a - b)
  const texts = scale.log ? logNumbers(values) : axisNumbers(values)
  const ticks = values.map((value, at): Tick => ({ at: toFraction(scale, value), text: texts[at] ?? '', align: 'center' }))
  return ticks.every(({ at }, index) => index === 0 || at - (ticks[index - 1]?.at ?? 0) >= 1 / most) ? ticks : null
}

function categoryAxis({ key, values }: RelationInput): CategoryRelationAxis {
  const texts = values.map(value => (value === null || value === '' ? null : String(value)))
  const categories = [...new Set(texts.filter(text => text !== null))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const index = new Map(categories.map((text, at) => [text, at]))
  const placeOf = (at: number) => (at + 0.5) / categories.length
  const places = texts.map(text => (text === null ? null : placeOf(index.get(text) ?? 0)))
  const stride = Math.max(1, Math.ceil(categories.length / mostNamed))
  const ticks = categories.map((text, at): Tick => ({ at: placeOf(at), text, align: 'center' })).filter((_, at) => at % stride === 0)
  return { kind: 'category', key, categories, texts, places, ticks, lacking: countOf(places) }
}

function countOf(places: readonly (number | null)[]): number {
  return places.filter(place => place === null).length
}
