import * as z from 'zod/mini'

/** What went wrong, by kind. The kind is set where the error is thrown and kept over threads and the wire. */
export const errorStatus = {
  invalid: 400,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  timeout: 408,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  misdirected: 421,
  internal: 500,
  unavailable: 503,
} as const
export type ApiErrorKind = keyof typeof errorStatus

export const apiErrorBody = z.object({
  error: z.object({
    kind: z.enum(Object.keys(errorStatus) as [ApiErrorKind, ...ApiErrorKind[]]),
    message: z.string(),
    /** Where in the caller's text, 0-based and half-open, in UTF-16 units. */
    position: z.optional(z.object({ start: z.int(), end: z.int() })),
    /** What would have been accepted there. */
    expected: z.optional(z.string()),
    /** The nearest name that exists. */
    nearest: z.optional(z.string()),
  }),
})
export type ApiErrorBody = z.infer<typeof apiErrorBody>
export type ApiErrorDetail = Omit<ApiErrorBody['error'], 'kind' | 'message'>

export class ApiError extends Error {
  override name = 'ApiError'
  readonly kind: ApiErrorKind
  readonly detail: ApiErrorDetail

  constructor(kind: ApiErrorKind, message: string, detail: ApiErrorDetail = {}) {
    super(message)
    this.kind = kind
    this.detail = detail
  }

  get status(): number {
    return errorStatus[this.kind]
  }

  toBody(): ApiErrorBody {
    return { error: { kind: this.kind, message: this.message, ...this.detail } }
  }

  static fromBody({ error: { kind, message, ...detail } }: ApiErrorBody): ApiError {
    return new ApiError(kind, message, detail)
  }
}
