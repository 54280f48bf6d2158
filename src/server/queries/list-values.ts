import { ApiError } from '#contract/api-error.ts'
import { parseOperand } from '#contract/operand-text.ts'
import type { Parsed } from '#contract/operations.ts'
import type { ValuesPage } from '#contract/runs-page.ts'

import { findProject, type Reader } from './reader.ts'

/** Values that the runs of a project have for a text operand, most frequent first; numbers of metrics are not listed. Deleted runs count too. */
export function listValues(reader: Reader, { project, operand, search, limit }: Parsed<'values'>): ValuesPage {
  const { no } = findProject(reader, project)
  const parsed = parseOperand(operand)
  if ('message' in parsed) throw new ApiError('invalid', `operand: ${parsed.message}`)
  const column = reader.columns.column(no, parsed)
  if (column.kind !== 'text') return { distinct: 0, values: [] }
  const counts = new Uint32Array(column.texts.length)
  for (let at = 0; at < column.codes.length; at += 1) {
    const code = column.codes[at] ?? 0
    counts[code] = (counts[code] ?? 0) + 1
  }
  for (const code of [...(column.more?.values() ?? [])].flat()) counts[code] = (counts[code] ?? 0) + 1
  const wanted = search.toLowerCase()
  const values = column.texts
    .map((value, code) => ({ value, runs: counts[code] ?? 0, code }))
    .filter(entry => entry.code > 0 && entry.value.toLowerCase().includes(wanted))
    .sort((a, b) => b.runs - a.runs || (a.value < b.value ? -1 : 1))
  return { distinct: values.length, values: values.slice(0, limit).map(({ value, runs }) => ({ value: value.slice(0, 1_000), runs })) }
}
