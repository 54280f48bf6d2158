import { mlflowSqliteReader } from './mlflow-sqlite/mlflow-sqlite-reader.ts'
import { mlflowReader } from './mlflow/mlflow-reader.ts'
import type { RunReader } from './reader.ts'
import { tensorboardReader } from './tensorboard/tensorboard-reader.ts'

/** All formats that are read; the first that knows a folder takes it. */
export const readers: readonly RunReader[] = [mlflowReader, mlflowSqliteReader, tensorboardReader]

/** The reader of a format's name as sources carry it; undefined for a source that a later version wrote into the home. */
export function readerOf(format: string): RunReader | undefined {
  return readers.find(reader => reader.format === format)
}
