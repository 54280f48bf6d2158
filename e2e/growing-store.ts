import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const experiment = '1'

/** `meta.yaml` of a run as MLflow writes it. */
function runMeta(id: string, name: string, status: number): string {
  const lines = [
    `artifact_uri: file:///elsewhere/mlruns/${experiment}/${id}/artifacts`,
    `end_time: ${status === 1 ? 'null' : Date.now()}`,
    `experiment_id: '${experiment}'`,
    'lifecycle_stage: active',
    `run_id: ${id}`,
    `run_name: ${name}`,
    `run_uuid: ${id}`,
    `start_time: ${Date.now()}`,
    `status: ${status}`,
    'user_id: ada',
  ]
  return `${lines.join('\n')}\n`
}

/** A store to which runs are logged as MLflow's client does: a folder and its `meta.yaml`, then lines added to files. */
export class GrowingStore {
  readonly folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'readout-live-')), 'mlruns')

  constructor() {
    this.write(`${experiment}/meta.yaml`, `experiment_id: '${experiment}'\nlifecycle_stage: active\nname: growing\n`)
  }

  start(id: string, name: string): void {
    for (const folder of ['metrics', 'params', 'tags', 'artifacts'])
      mkdirSync(path.join(this.folder, experiment, id, folder), { recursive: true })
    this.write(`${experiment}/${id}/meta.yaml`, runMeta(id, name, 1))
    this.write(`${experiment}/${id}/tags/mlflow.runName`, name)
  }

  /** Milliseconds since the epoch at which it was written. */
  log(id: string, key: string, value: number, step: number): number {
    const written = Date.now()
    const file = path.join(this.folder, experiment, id, 'metrics', key)
    mkdirSync(path.dirname(file), { recursive: true })
    appendFileSync(file, `${written} ${value} ${step}\n`)
    return written
  }

  end(id: string, name: string): void {
    this.write(`${experiment}/${id}/meta.yaml`, runMeta(id, name, 3))
  }

  write(name: string, text: string): void {
    const file = path.join(this.folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }

  remove(): void {
    rmSync(path.dirname(this.folder), { recursive: true, force: true })
  }
}
