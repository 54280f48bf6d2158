import * as z from 'zod/mini'

import { ApiError } from '#contract/api-error.ts'

/** The fields of a query string, decoded once. Throws `invalid` for escapes that are not UTF-8 and for a field given twice. */
export function parseQuery(search: string): Record<string, string> {
  const fields = new Map<string, string>()
  for (const part of search.replace(/^\?/, '').split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = decodeField(equals < 0 ? part : part.slice(0, equals))
    if (fields.has(name)) throw new ApiError('invalid', `The field ${JSON.stringify(name)} is given twice.`)
    fields.set(name, equals < 0 ? '' : decodeField(part.slice(equals + 1)))
  }
  return Object.fromEntries(fields)
}

function decodeField(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new ApiError('invalid', 'The query string has a percent escape that is not UTF-8.', {
      expected: 'names and values percent-encoded as UTF-8',
    })
  }
}

const english = z.locales.en().localeError

/** The input as its schema reads it, defaults filled in. Throws `invalid` that names the first field at fault and what it expects. */
export function parseInput<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = z.safeParse(schema, input, { error: english })
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = issue?.path.map(String).join('.') ?? ''
  const expected = (issue?.message ?? '')
    .replace(/^Invalid (?:input|option): expected /, '')
    .replace(/^Too (?:big|small|long|short): expected /, '')
  throw new ApiError('invalid', field === '' ? `The input must be ${expected}.` : `The field "${field}" must be ${expected}.`, { expected })
}
