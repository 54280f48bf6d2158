import { closeSync, existsSync, readdirSync } from 'node:fs'

import { openForReading, readFully } from '#server/readers/text-file.ts'

/** What the `meta.yaml` in a folder is about. */
export type FolderKind = 'experiment' | 'run' | 'registered-model' | 'other' | 'none'

const head = Buffer.allocUnsafe(8 * 1024)

/** Kind of a folder by the first 8 KiB of its `meta.yaml`; `none` where it has none that can be read. */
export function kindOf(directory: string): FolderKind {
  const path = `${directory}/meta.yaml`
  // Most folders have none: asking first spares an exception each.
  if (!existsSync(path)) return 'none'
  let text: string
  try {
    const descriptor = openForReading(path)
    try {
      text = head.toString('latin1', 0, readFully(descriptor, head, 0, head.length, 0))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return 'none'
  }
  const has = (key: string) => new RegExp(`^${key}:`, 'm').test(text)
  if (has('run_id') || has('run_uuid')) return has('version') ? 'other' : 'run'
  // A logged model names its experiment too.
  if (has('model_id')) return 'other'
  if (has('experiment_id')) return has('name') || has('artifact_location') || has('lifecycle_stage') ? 'experiment' : 'other'
  return has('creation_timestamp') && has('name') ? 'registered-model' : 'other'
}

/** Top folders of a tree that are no experiments. */
export const notExperiments: ReadonlySet<string> = new Set(['models', '.trash', 'artifacts'])

const runFolderName = /^[0-9a-f]{32}$/
const experimentFolderName = /^\d+$/
/** How many names are tried in a folder that nothing but the contents of its folders would show to be a tree. */
const tries = 512

/** Names of the folders directly in a folder, sorted; none where it cannot be listed. */
export function foldersIn(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name)
      .sort()
  } catch {
    return []
  }
}

/** Is this one experiment: by its own `meta.yaml`, or without one by a run in it? `names` are those directly in the folder. */
export function isExperiment(directory: string, names: Iterable<string>): boolean {
  const kind = kindOf(directory)
  if (kind !== 'none') return kind === 'experiment'
  for (const name of names) if (runFolderName.test(name) && kindOf(`${directory}/${name}`) === 'run') return true
  return false
}

/** Is this the folder above experiments, `mlruns`? Also one whose experiments lost their `meta.yaml`, or that holds only a model registry. */
export function isTree(directory: string, names: ReadonlySet<string>): boolean {
  const likely: string[] = []
  const others: string[] = []
  for (const name of names) {
    if (experimentFolderName.test(name)) likely.push(name)
    else if (!name.includes('.') && others.length < tries) others.push(name)
  }
  if (likely.some(name => kindOf(`${directory}/${name}`) === 'experiment')) return true
  if (names.has('models') && isRegistry(`${directory}/models`)) return true
  if (names.has('.trash') && foldersIn(`${directory}/.trash`).some(name => kindOf(`${directory}/.trash/${name}`) === 'experiment'))
    return true
  return (
    others.some(name => kindOf(`${directory}/${name}`) === 'experiment') ||
    likely.some(name => isExperiment(`${directory}/${name}`, foldersIn(`${directory}/${name}`)))
  )
}

function isRegistry(directory: string): boolean {
  return foldersIn(directory)
    .slice(0, tries)
    .some(name => {
      const model = `${directory}/${name}`
      if (kindOf(model) === 'registered-model') return true
      return foldersIn(model).some(version => /^version-\d+$/.test(version) && existsSync(`${model}/${version}/meta.yaml`))
    })
}
