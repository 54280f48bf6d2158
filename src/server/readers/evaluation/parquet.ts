import { parquetMetadata, parquetRead, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

import { EvaluationError } from './evaluation-error.ts'
import type { Table } from './table.ts'

/** Rows that are decoded at once. */
const batchRows = 65_536

/** A Parquet file as a table. Values stand in the columns of its schema; columns that hold lists or records are passed over. */
export async function openParquet(bytes: Uint8Array<ArrayBuffer>): Promise<Table> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const metadata = faulty(() => parquetMetadata(file))
  const columns = parquetSchema(metadata)
    .children.filter(({ children }) => children.length === 0)
    .map(({ element }) => element.name)
  const rows = Number(metadata.num_rows)
  return {
    columns,
    each: async (wanted, visit) => {
      const known = wanted.filter(column => columns.includes(column))
      const places = wanted.map(column => known.indexOf(column))
      for (let rowStart = 0; rowStart < rows; rowStart += batchRows) {
        const rowEnd = Math.min(rows, rowStart + batchRows)
        const onComplete = (batch: unknown[][]): void => {
          for (const row of batch) visit(places.map(place => row[place]))
        }
        try {
          await parquetRead({ file, metadata, compressors, columns: known, rowStart, rowEnd, rowFormat: 'array', onComplete })
        } catch (error) {
          throw unreadable(error)
        }
      }
    },
  }
}

function faulty<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw unreadable(error)
  }
}

function unreadable(error: unknown): EvaluationError {
  return new EvaluationError(`This Parquet file cannot be read: ${error instanceof Error ? error.message : String(error)}`)
}
