import { ApiError, apiErrorBody } from '#contract/api-error.ts'
import { operations, type Input, type OperationName, type Output } from '#contract/operations.ts'

/** Calls an operation of the contract and returns its answer. Throws an ApiError with the server's own kind; `unavailable` when no server answers. */
export async function call<Name extends OperationName>(name: Name, input: Input<Name>, signal?: AbortSignal): Promise<Output<Name>> {
  const response = await request(name, input, { ...(signal && { signal }) })
  return (operations[name].output === null ? new Uint8Array(await response.arrayBuffer()) : await response.json()) as Output<Name>
}

/** Address of an operation that reads, for links, images and downloads. */
export function operationUrl<Name extends OperationName>(name: Name, input: Input<Name>): string {
  const { path } = operations[name]
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(input as Record<string, string | number | undefined>))
    if (value !== undefined) query.set(key, String(value))
  return query.size > 0 ? `${path}?${query}` : path
}

interface RequestOptions {
  signal?: AbortSignal
  /** Bytes to read from the start, for operations that stream. */
  firstBytes?: number
}

/** The raw response of an operation; throws as `call` does. */
export async function request<Name extends OperationName>(name: Name, input: Input<Name>, options: RequestOptions = {}): Promise<Response> {
  const { method, path } = operations[name]
  const headers = new Headers()
  if (method === 'POST') headers.set('content-type', 'application/json')
  if (options.firstBytes !== undefined) headers.set('range', `bytes=0-${options.firstBytes - 1}`)
  let response: Response
  try {
    response = await fetch(method === 'GET' ? operationUrl(name, input) : path, {
      method,
      headers,
      signal: options.signal ?? null,
      body: method === 'POST' ? JSON.stringify(input) : null,
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ApiError('unavailable', 'Readout does not answer. Is it still running?')
  }
  if (response.ok) return response
  const body = apiErrorBody.safeParse(await response.json().catch(() => null))
  throw body.success
    ? ApiError.fromBody(body.data)
    : new ApiError('internal', `${path} answered ${response.status} ${response.statusText}`.trim())
}
