import type { ValueType } from '#contract/operand.ts'

/**
 * One column of the run table over the runs of a project; index = position of the run in the project's `RunIndex`.
 * `size` entries are in use, the arrays may be longer so that new runs can be added in place.
 */
export type Column = NumberColumn | TextColumn

export interface NumberColumn {
  kind: 'number'
  type: Extract<ValueType, 'number' | 'time' | 'duration'>
  /** Metrics as logged (NaN and ±Infinity included), times in ms since the epoch, durations in ms. */
  numbers: Float64Array<ArrayBuffer>
  /** 1 where the run has the key: a NaN there is a logged NaN. */
  present: Uint8Array<ArrayBuffer>
  /** Steps at which the values of `first`, `last`, `min`, `max` of a metric were logged; null for all else. */
  steps: Float64Array<ArrayBuffer> | null
  /** The steps that a float64 does not hold exactly, as digits, by position. */
  wideSteps: Map<number, string> | null
}

export interface TextColumn {
  kind: 'text'
  type: Extract<ValueType, 'text' | 'status'>
  /** Index into `texts`; 0 is "the run has no such key". */
  codes: Uint32Array<ArrayBuffer>
  /** Distinct values; `texts[0]` is an unused empty string. */
  texts: string[]
  /** `numbers[code]`: the value as a number where the whole text is one, else NaN with `isNumber[code]` 0. */
  numbers: number[]
  isNumber: boolean[]
  /** Codes of the further values of a run that has several, by position; null where each has one at the most. */
  more: Map<number, readonly number[]> | null
}
