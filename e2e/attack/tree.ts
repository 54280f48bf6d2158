import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { canary } from './corpus.ts'

const fixture = path.resolve(import.meta.dirname, '../../../shared/fixtures/mlflow-filestore/EnHaHB__Capstone/mlruns')

/** The experiment that all hostile runs belong to. */
export const experiment = '900'
/** The run that path cases are sent to: harmless but for what lies beside its artifacts. */
export const victim = 'a'.repeat(32)

export interface AttackTree {
  scratch: string
  /** Given to the server; below it experiment `900` and a real tree. */
  mlruns: string
  home: string
  /** Folder of files that no answer may hold. */
  outside: string
  /** Writes a run with the usual files, and `more` of its own by relative path; returns its folder. */
  addRun(id: string, more?: Record<string, string | Uint8Array>): string
  /** A line a file and folder outside the home: path, size and time of change. */
  snapshot(): string[]
  remove(): void
}

/** A scratch folder with a small MLflow tree and, beside it, canaries. */
export function createTree(): AttackTree {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'readout-attack-'))
  const mlruns = path.join(scratch, 'mlruns')
  const outside = path.join(scratch, 'outside')
  cpSync(fixture, mlruns, { recursive: true })
  write(outside, { 'canary.txt': canary, 'canary.html': canary, 'meta.yaml': `name: ${canary}\n` })
  const runs = path.join(mlruns, experiment)
  write(runs, { 'meta.yaml': `artifact_location: file:///etc\nexperiment_id: '${experiment}'\nlifecycle_stage: active\nname: hostile\n` })
  const addRun: AttackTree['addRun'] = (id, more = {}) => {
    const folder = path.join(runs, id)
    write(folder, { 'meta.yaml': metaYaml(id), 'metrics/loss': '1650000000000 0.5 0\n1650000001000 0.25 1\n', 'params/lr': '0.1', ...more })
    return folder
  }
  addRun(victim, {
    'artifacts/ok.txt': 'ok',
    'artifacts/ok.json': '{"ok":1}',
    'artifacts/big.bin': Buffer.alloc(5_000_000, 1),
    'artifacts/.env': canary,
    'artifacts/.git/config': canary,
    'artifacts/cache/x.txt': 'x',
    'artifacts-secret/x.txt': canary,
    'metrics/train/loss': '1650000000000 0.5 0\n',
  })
  // One at each level above the artifacts, since the cases climb by different numbers of steps.
  for (const level of [path.join(runs, victim), runs, mlruns]) write(level, { 'outside/canary.txt': canary, 'outside/canary.html': canary })
  return {
    scratch,
    mlruns,
    home: path.join(scratch, 'home'),
    outside,
    addRun,
    snapshot: () => list(scratch).filter(line => !line.startsWith('home')),
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  }
}

export function write(folder: string, files: Record<string, string | Uint8Array>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

export function metaYaml(id: string, artifacts = `file:///elsewhere/${experiment}/${id}/artifacts`): string {
  return [
    `artifact_uri: ${artifacts}`,
    'end_time: 1650000002000',
    "entry_point_name: ''",
    `experiment_id: '${experiment}'`,
    'lifecycle_stage: active',
    `run_id: ${id}`,
    `run_name: run-${id.slice(0, 4)}`,
    `run_uuid: ${id}`,
    "source_name: ''",
    'source_type: 4',
    "source_version: ''",
    'start_time: 1650000000000',
    'status: 3',
    'tags: []',
    'user_id: someone',
    '',
  ].join('\n')
}

function list(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => {
      const { size, mtimeMs, mode } = lstatSync(path.join(folder, name))
      return `${name} ${size} ${mtimeMs} ${mode}`
    })
    .sort()
}
