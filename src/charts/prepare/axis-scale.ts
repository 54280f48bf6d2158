/** A range of values on an axis. Both ends are finite, `min < max`, and on a log axis both are above 0. */
export interface AxisScale {
  min: number
  max: number
  log: boolean
}

/** Beyond this far outside of the plot, places are held: a canvas cannot draw to 1e300. */
const farOutside = 8

/** Place of a value as a fraction of the axis; NaN for a value that the axis does not have. Does not overflow over the whole range of float64. */
export function toFraction({ min, max, log }: AxisScale, value: number): number {
  const fraction = log ? logFraction(min, max, value) : linearFraction(min, max, value)
  if (fraction < -farOutside) return -farOutside
  return fraction > 1 + farOutside ? 1 + farOutside : fraction
}

function linearFraction(min: number, max: number, value: number): number {
  if (!Number.isFinite(value)) return Number.NaN
  const span = max - min
  // A quarter of each, where the whole is beyond the greatest number.
  return Number.isFinite(span) && Number.isFinite(value - min) ? (value - min) / span : (value / 4 - min / 4) / (max / 4 - min / 4)
}

function logFraction(min: number, max: number, value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return Number.NaN
  const from = Math.log10(min)
  return (Math.log10(value) - from) / (Math.log10(max) - from)
}

/** Value at a fraction of the axis. */
export function fromFraction({ min, max, log }: AxisScale, fraction: number): number {
  if (log) return 10 ** (Math.log10(min) * (1 - fraction) + Math.log10(max) * fraction)
  return min * (1 - fraction) + max * fraction
}
