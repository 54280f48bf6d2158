import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Writes a synthetic MLflow FileStore tree. The same arguments give the same bytes.
 * Files per run: 1 (meta.yaml) + metrics + params + tags; runs are spread over 10 experiments.
 */
export function makeMlruns(directory, { runs = 10_000, metrics = 30, params = 20, tags = 9, points = 10, seed = 1 } = {}) {
  if (readdirSync(directory, { recursive: false }).length > 0) throw new Error(`${directory} is not empty: give a new or an empty folder`)
  const random = mulberry32(seed)
  const hex = length => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
  const experiments = Array.from({ length: Math.min(10, runs) }, (_, index) =>
    String(100_000_000_000_000_000n + BigInt(index) * 7_919_000_003n),
  )
  for (const [index, id] of experiments.entries()) writeExperiment(directory, id, `experiment-${index}`)
  for (let run = 0; run < runs; run += 1) {
    const experiment = experiments[run % experiments.length]
    writeRun(path.join(directory, experiment, hex(32)), { experiment, run, metrics, params, tags, points, random })
  }
  return { runs, files: runs * (1 + metrics + params + tags) + experiments.length, points: runs * metrics * points }
}

function writeExperiment(directory, id, name) {
  mkdirSync(path.join(directory, id), { recursive: true })
  const lines = [`artifact_location: file:///data/mlruns/${id}`, 'creation_time: 1700000000000', `experiment_id: '${id}'`]
  writeFileSync(
    path.join(directory, id, 'meta.yaml'),
    `${[...lines, 'last_update_time: 1700000000000', 'lifecycle_stage: active', `name: ${name}`].join('\n')}\n`,
  )
}

function writeRun(folder, { experiment, run, metrics, params, tags, points, random }) {
  const id = path.basename(folder)
  const start = 1_700_000_000_000 + run * 60_000
  for (const part of ['metrics', 'params', 'tags', 'artifacts']) mkdirSync(path.join(folder, part), { recursive: true })
  writeFileSync(path.join(folder, 'meta.yaml'), runMeta({ experiment, id, run, start }))
  for (let index = 0; index < metrics; index += 1) {
    let text = ''
    for (let step = 0; step < points; step += 1) text += `${start + step * 1000} ${Math.exp(-step / 5) * (1 + random())} ${step}\n`
    writeFileSync(path.join(folder, 'metrics', `metric_${index}`), text)
  }
  for (let index = 0; index < params; index += 1) {
    const value = index % 2 === 0 ? String(Math.round(random() * 1e6) / 1e6) : ['adam', 'sgd', 'rmsprop', 'lion'][Math.floor(random() * 4)]
    writeFileSync(path.join(folder, 'params', `param_${index}`), value)
  }
  const known = ['mlflow.runName', 'mlflow.user', 'mlflow.source.name', 'mlflow.source.type', 'mlflow.source.git.commit']
  const values = [`run-${run}`, 'ana', 'train.py', 'LOCAL', '4f1d2c3b5a69788796a5b4c3d2e1f00112233445']
  for (let index = 0; index < tags; index += 1) {
    writeFileSync(path.join(folder, 'tags', known[index] ?? `tag_${index}`), values[index] ?? `value ${Math.floor(random() * 100)}`)
  }
}

function runMeta({ experiment, id, run, start }) {
  return `artifact_uri: file:///data/mlruns/${experiment}/${id}/artifacts
end_time: ${start + 50_000}
entry_point_name: ''
experiment_id: '${experiment}'
lifecycle_stage: active
run_id: ${id}
run_name: run-${run}
run_uuid: ${id}
source_name: ''
source_type: 4
source_version: ''
start_time: ${start}
status: ${run % 20 === 0 ? 4 : 3}
tags: []
user_id: ana
`
}

function mulberry32(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

if (import.meta.main) {
  const [directory, ...numbers] = process.argv.slice(2)
  if (!directory) {
    console.error('usage: node e2e/bench/make-mlruns.mjs <folder> [runs] [metrics] [params] [tags] [points]')
    process.exit(2)
  }
  const [runs, metrics, params, tags, points] = numbers.map(Number)
  mkdirSync(directory, { recursive: true })
  console.log(JSON.stringify(makeMlruns(directory, { runs, metrics, params, tags, points })))
}
