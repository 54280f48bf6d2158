/** Numbers of an axis at nice values and the ends that they ask for. */
export interface NiceTicks {
  values: number[]
  /** Distance of two ticks; 0 where there is none. */
  step: number
}

const mantissas = [1, 2, 2.5, 5, 10]

/** `m × 10^e`, exact also where 10^e alone is below the least number. */
function decimal(mantissa: number, exponent: number): number {
  return Number(`${mantissa}e${exponent}`)
}

/** The steps from fine to coarse that a span may be cut by, each with what it takes to multiply it without error. */
function steps(span: number, whole: boolean): { mantissa: number; exponent: number; step: number }[] {
  const first = Math.floor(Math.log10(span)) - 2
  const found: { mantissa: number; exponent: number; step: number }[] = []
  for (let exponent = first; exponent <= first + 4; exponent++) {
    for (const mantissa of mantissas.slice(0, -1)) {
      const step = decimal(mantissa, exponent)
      if (step > 0 && Number.isFinite(step) && (!whole || Number.isInteger(step))) found.push({ mantissa, exponent, step })
    }
  }
  return found
}

function multiple(count: number, mantissa: number, exponent: number): number {
  // The text of the product is exact where the product of the numbers would read 0.30000000000000004.
  return Math.abs(count) < 1e12 ? Number(`${Math.round(count * mantissa * 10)}e${exponent - 1}`) : count * decimal(mantissa, exponent)
}

/**
 * Ticks at nice values. `inside`: those between the ends, at most `most`; otherwise the fewest steps that reach over both ends, with 4 to
 * `most` ticks, so that the axis begins and ends with one, but where the next one is beyond the greatest number. `whole` takes no fractions. Never more than `most` + 1 values, never less than the two ends.
 */
export function linearTicks(min: number, max: number, most: number, { inside = false, whole = false } = {}): NiceTicks {
  const span = Number.isFinite(max - min) ? max - min : Number.MAX_VALUE
  for (const { mantissa, exponent, step } of steps(span, whole)) {
    const first = inside ? Math.ceil(min / step - 1e-9) : Math.floor(min / step + 1e-9)
    const last = inside ? Math.floor(max / step + 1e-9) : Math.ceil(max / step - 1e-9)
    // Counts beyond 2^53 do not rise by one.
    if (last - first + 1 > most || !Number.isSafeInteger(first) || !Number.isSafeInteger(last)) continue
    const values: number[] = []
    for (let count = first; count <= last; count++) values.push(multiple(count, mantissa, exponent))
    const rising = values.every((value, index) => Number.isFinite(value) && (index === 0 || value > (values[index - 1] ?? 0)))
    if (rising && values.length > 1) return { values, step }
    if (inside) break
  }
  // The next tick outwards is beyond the greatest number.
  if (!inside) return linearTicks(min, max, most, { inside: true, whole })
  return { values: [min, max], step: 0 }
}
