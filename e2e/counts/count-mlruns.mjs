import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import path from 'node:path'

/**
 * Counts what lies in MLflow's run folders, from the list of all paths alone and with nothing of the product's own reader, so
 * that what the product shows can be held against it. Knows whole trees, not damaged ones.
 */

/** All files below a folder, with `/`, relative to it; links are not followed. */
function allFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
}

const experimentFile = /^(?:(.*)\/)?(?:\.trash\/)?[^/]+\/meta\.yaml$/

/** Folders below `folder` (or itself, as '') that hold MLflow experiments. */
export function findMlruns(folder) {
  const roots = allFiles(folder)
    .filter(file => experimentFile.test(file) && !/(^|\/)artifacts\//.test(file))
    .filter(file => {
      const text = readFileSync(path.join(folder, file), 'utf8')
      return text.includes('experiment_id:') && text.includes('lifecycle_stage:') && !/^(run_id|run_uuid|model_id):/m.test(text)
    })
    .map(file => path.dirname(path.dirname(file)).replace(/(^|\/)\.trash$/, ''))
  return [...new Set(roots)].map(root => (root === '.' ? '' : root)).sort((a, b) => (a < b ? -1 : 1))
}

const runFile =
  /^((?:\.trash\/)?(?!models\/)[^/]+\/(?!(?:tags|datasets|traces|models|artifacts)\/)[^/]+)\/(meta\.yaml|metrics\/.+|params\/.+|tags\/.+)$/
const litter = /(^|\/)(\.DS_Store|\.gitkeep)$/

/** Runs of one `mlruns` folder, by their path in it: numbers of params, tags and of points by metric key. */
export function countRuns(mlruns) {
  const runs = new Map()
  for (const file of allFiles(mlruns)) {
    const match = runFile.exec(file)
    if (!match || litter.test(file)) continue
    const [, run, inside] = match
    if (!runs.has(run)) runs.set(run, { id: run.split('/').at(-1), meta: false, params: 0, tags: 0, points: {} })
    const counts = runs.get(run)
    const [group, ...key] = inside.split('/')
    if (group === 'meta.yaml') counts.meta = readFileSync(path.join(mlruns, file), 'utf8').includes('artifact_uri:')
    else if (group === 'metrics') counts.points[key.join('/')] = countPoints(readFileSync(path.join(mlruns, file), 'utf8'))
    else counts[group] += 1
  }
  return new Map([...runs].filter(([, counts]) => counts.meta))
}

function countPoints(text) {
  return text.split('\n').filter(line => {
    const [time, value, step = '0'] = line.trim().split(/\s+/)
    return value !== undefined && /^\d+$/.test(time) && /^([+-]?[\d.]+(e[+-]?\d+)?|[+-]?inf|nan)$/i.test(value) && /^-?\d+$/.test(step)
  }).length
}

/** Totals of one `mlruns` folder; `metrics` counts the keys of each run that have a point. */
export function countMlruns(mlruns) {
  const totals = { runs: 0, params: 0, metrics: 0, points: 0, tags: 0 }
  for (const { params, tags, points } of countRuns(mlruns).values()) {
    const counts = Object.values(points).filter(count => count > 0)
    totals.runs += 1
    totals.params += params
    totals.tags += tags
    totals.metrics += counts.length
    totals.points += counts.reduce((sum, count) => sum + count, 0)
  }
  return totals
}

/** What a folder holds, path by path: kind, size, time of change and a hash. Two equal answers mean that nothing was touched. */
export function treeState(folder) {
  const state = {}
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    const { size, mtimeMs, mode } = lstatSync(file)
    const facts = [mode.toString(8), mtimeMs]
    if (entry.isFile()) facts.push(size, createHash('sha256').update(readFileSync(file)).digest('hex'))
    if (entry.isSymbolicLink()) facts.push(readlinkSync(file))
    state[path.relative(folder, file)] = facts.join(' ')
  }
  return state
}

/** One hash over `treeState`. */
export function hashTree(folder) {
  const lines = Object.entries(treeState(folder)).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex')
}

if (import.meta.main) {
  for (const folder of process.argv.slice(2)) {
    for (const root of findMlruns(folder))
      console.log(JSON.stringify({ path: path.resolve(folder, root), ...countMlruns(path.join(folder, root)) }))
  }
}
