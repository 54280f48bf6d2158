import { csvDelimiter, eachCsvRecord } from '#lib/csv.ts'

import { EvaluationError } from './evaluation-error.ts'
import { openParquet } from './parquet.ts'
import { parseJson } from './parse-json.ts'

/** A table of any format: names of its columns, and its rows one after the other, values in the order of the columns asked for. */
export interface Table {
  columns: string[]
  each: (columns: readonly string[], visit: (values: readonly unknown[]) => void) => Promise<void>
}

/** Objects that are looked at for their keys. */
const keyedRows = 100

/** Opens a table by the extension of its name; null for JSON that is none. Throws `EvaluationError` for a file that is not what its name says. */
export async function openTable(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Table | null> {
  const extension = /\.([^.]+)$/.exec(name.toLowerCase())?.[1]
  if (extension === 'parquet') return await openParquet(bytes)
  const text = new TextDecoder().decode(bytes)
  if (extension === 'csv' || extension === 'tsv') return csvTable(text, csvDelimiter(name, text))
  return extension === 'json' ? jsonTable(parseJson(text)) : linesTable(text)
}

function csvTable(text: string, delimiter: string): Table {
  let columns: string[] | null = null
  // Only as much as holds the first record, whatever the quotes in it.
  eachCsvRecord(text.slice(0, 65_536), delimiter, fields => {
    columns ??= fields
  })
  const head: string[] = columns ?? []
  return {
    columns: head,
    each: async (wanted, visit) => {
      const places = wanted.map(column => head.indexOf(column))
      let isHead = true
      eachCsvRecord(text, delimiter, fields => {
        if (!isHead) visit(places.map(place => fields[place]))
        isHead = false
      })
    },
  }
}

/** Tables in JSON: MLflow's `{"columns", "data"}` (pandas' `orient="split"`), or a list of objects. */
function jsonTable(json: unknown): Table | null {
  if (Array.isArray(json)) return json.length > 0 && json.every(isObject) ? objectsTable(json) : null
  if (!isObject(json)) return null
  const { columns, data } = json
  if (!Array.isArray(columns) || !Array.isArray(data)) return null
  const names = columns.map(String)
  return {
    columns: names,
    each: async (wanted, visit) => {
      const places = wanted.map(column => names.indexOf(column))
      for (const [at, row] of data.entries()) {
        if (!Array.isArray(row)) throw new EvaluationError(`data[${at}] is no list, expected ${names.length} values.`)
        visit(places.map(place => row[place] as unknown))
      }
    },
  }
}

function linesTable(text: string): Table {
  const lines = text.split(/\r?\n/)
  const rows = lines.flatMap((line, at) => {
    if (line.trim() === '') return []
    const row = parseJson(line, `Line ${at + 1}`)
    if (!isObject(row)) throw new EvaluationError(`Line ${at + 1} is no JSON object.`)
    return [row]
  })
  return objectsTable(rows)
}

function objectsTable(rows: readonly Record<string, unknown>[]): Table {
  return {
    columns: [...new Set(rows.slice(0, keyedRows).flatMap(row => Object.keys(row)))],
    each: async (wanted, visit) => {
      for (const row of rows) visit(wanted.map(column => (Object.hasOwn(row, column) ? row[column] : undefined)))
    },
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
