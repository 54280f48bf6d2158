import { ApiError } from '#contract/api-error.ts'

/** What is wrong with a filter, a sort or an operand, and where. */
export interface FilterError {
  /** One sentence. */
  message: string
  /** UTF-16 offsets into the text, half-open; equal where something is missing at the end. */
  start: number
  end: number
  /** What would have been accepted there. */
  expected?: string
  /** What was probably meant: put in place of the range it mends the text. */
  nearest?: string
}

export function isFilterError(value: object): value is FilterError {
  return 'message' in value && 'start' in value
}

export function toApiError({ message, start, end, ...hints }: FilterError): ApiError {
  return new ApiError('invalid', message, { position: { start, end }, ...hints })
}
