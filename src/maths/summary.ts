/** What is kept of a series without its points. Steps are int64, so they may be `bigint`; `min`, `max` over finite values, NaN where there is none. */
export interface Summary {
  count: number
  nan: number
  positiveInfinity: number
  negativeInfinity: number
  first: number
  firstStep: number | bigint
  /** Seconds since the epoch. */
  firstTime: number
  last: number
  lastStep: number | bigint
  /** Seconds since the epoch. */
  lastTime: number
  min: number
  minStep: number | bigint
  max: number
  maxStep: number | bigint
  /** Of the finite values. */
  sum: number
  sumOfSquares: number
  /** Points came in the order (step, time). */
  sorted: boolean
  /** Values were logged as 32-bit floats; set by who knows it, no point changes it. */
  float32: boolean
}

export function emptySummary(): Summary {
  return {
    count: 0,
    nan: 0,
    positiveInfinity: 0,
    negativeInfinity: 0,
    first: Number.NaN,
    firstStep: 0,
    firstTime: Number.NaN,
    last: Number.NaN,
    lastStep: 0,
    lastTime: Number.NaN,
    min: Number.NaN,
    minStep: 0,
    max: Number.NaN,
    maxStep: 0,
    sum: 0,
    sumOfSquares: 0,
    sorted: true,
    float32: false,
  }
}

/** Order of values for "last": NaN is below every number, so that the order of arrival does not decide. */
function valueAtLeast(value: number, than: number): boolean {
  return Number.isNaN(than) || value >= than
}

/** Is (step, time, value) at or after the other one? The one order that decides which point of a series is its last. */
export function isLater(
  step: number | bigint,
  time: number,
  value: number,
  thanStep: number | bigint,
  thanTime: number,
  thanValue: number,
): boolean {
  if (step !== thanStep) return step > thanStep
  if (time !== thanTime) return time > thanTime
  return valueAtLeast(value, thanValue)
}

/**
 * Adds one point, in the order of arrival. `first` is the least (step, time, arrival), `last` the greatest (step, time, value);
 * of equal extremes the earliest step wins.
 */
export function addPoint(summary: Summary, step: number | bigint, time: number, value: number): void {
  if (summary.count === 0) {
    summary.first = value
    summary.firstStep = step
    summary.firstTime = time
    summary.last = value
    summary.lastStep = step
    summary.lastTime = time
  } else {
    if (step < summary.lastStep || (step === summary.lastStep && time < summary.lastTime)) summary.sorted = false
    if (step < summary.firstStep || (step === summary.firstStep && time < summary.firstTime)) {
      summary.first = value
      summary.firstStep = step
      summary.firstTime = time
    }
    if (isLater(step, time, value, summary.lastStep, summary.lastTime, summary.last)) {
      summary.last = value
      summary.lastStep = step
      summary.lastTime = time
    }
  }
  summary.count += 1
  if (Number.isFinite(value)) {
    summary.sum += value
    summary.sumOfSquares += value * value
    if (Number.isNaN(summary.min) || value < summary.min) {
      summary.min = value
      summary.minStep = step
    } else if (value === summary.min && step < summary.minStep) summary.minStep = step
    if (Number.isNaN(summary.max) || value > summary.max) {
      summary.max = value
      summary.maxStep = step
    } else if (value === summary.max && step < summary.maxStep) summary.maxStep = step
  } else if (Number.isNaN(value)) summary.nan += 1
  else if (value > 0) summary.positiveInfinity += 1
  else summary.negativeInfinity += 1
}
