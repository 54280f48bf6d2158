import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll } from 'vitest'

import { recordsOf } from '#server/readers/test-records.ts'

import { mlflowReader } from './mlflow-reader.ts'

/** Files by their path; null makes an empty folder. */
export type TreeFiles = Record<string, string | Uint8Array | null>

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new empty folder, removed when the tests of the file that asked for it have ended. */
export function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'readout-tree-'))
  made.push(folder)
  return folder
}

/** Writes files below `root`, by default a new temporary folder, and returns it. For trees that git cannot hold in a fixture. */
export function writeTree(files: TreeFiles, root: string = newFolder()): string {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name)
    mkdirSync(content === null ? file : path.dirname(file), { recursive: true })
    if (content !== null) writeFileSync(file, content)
  }
  return root
}

/** `meta.yaml` of an experiment as MLflow 2 writes it. */
export function experimentMeta(id: string, change: Record<string, string> = {}): string {
  return yaml({
    artifact_location: `file:///elsewhere/mlruns/${id}`,
    experiment_id: `'${id}'`,
    lifecycle_stage: 'active',
    name: `exp-${id}`,
    ...change,
  })
}

/** `meta.yaml` of a finished run as MLflow 2 writes it. */
export function runMeta(experiment: string, run: string, change: Record<string, string> = {}): string {
  return yaml({
    artifact_uri: `file:///elsewhere/mlruns/${experiment}/${run}/artifacts`,
    end_time: '1700000050000',
    entry_point_name: "''",
    experiment_id: `'${experiment}'`,
    lifecycle_stage: 'active',
    run_id: run,
    run_name: 'able-ant-1',
    run_uuid: run,
    source_name: "''",
    source_type: '4',
    source_version: "''",
    start_time: '1700000000000',
    status: '3',
    tags: '[]',
    user_id: 'ana',
    ...change,
  })
}

/** A tree with one experiment `1` and in it one run with these files; `change` changes the run's `meta.yaml`. */
export function oneRun(files: TreeFiles, change: Record<string, string> = {}): TreeFiles {
  const inRun = Object.fromEntries(Object.entries(files).map(([name, content]) => [`1/${runA}/${name}`, content]))
  return { '1/meta.yaml': experimentMeta('1'), [`1/${runA}/meta.yaml`]: runMeta('1', runA, change), ...inRun }
}

/** Two run ids. */
export const runA = 'a'.repeat(32)
export const runB = 'b'.repeat(32)

/** All that the reader makes of a tree, by type; paths of issues relative to it. */
export function readTree(root: string, known: ReadonlyMap<string, string> = new Map()) {
  const { issues, ...found } = recordsOf(mlflowReader, root, known, '')
  return { ...found, issues: issues.map(({ path: file, line, reason }) => ({ path: path.relative(root, file), line, reason })) }
}

function yaml(values: Record<string, string>): string {
  return `${Object.entries(values)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')}\n`
}
