import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'

import { FileBuffer } from '#server/readers/file-buffer.ts'
import { nameOfFolder } from '#server/readers/folder-name.ts'
import type { FoundSource, ReadOptions, RunReader, UnchangedRecord } from '#server/readers/reader.ts'
import type { SourceRecord } from '#server/readers/record.ts'
import { readFaultReason } from '#server/readers/text-file.ts'

import { prefix, readExperiment, type Reading, reservedFolders } from './experiment.ts'
import { foldersIn, isExperiment, isTree, kindOf, notExperiments } from './layout.ts'
import { readRegisteredModels } from './registered-models.ts'
import { marksOfExperiment, saysNothing } from './source-marks.ts'
import { SourceTree } from './source-tree.ts'
import { MlflowWatch } from './watch.ts'

/** Reads the folders in which MLflow's FileStore (1.x to 3.x) keeps runs: `mlruns`, or one experiment of it. */
export const mlflowReader: RunReader = {
  format: 'mlflow',
  detect: (directory, names) => isExperiment(directory, names) || (!names.has('meta.yaml') && isTree(directory, names)),
  describe: directory => ({ format: 'mlflow', path: directory, name: nameOf(directory), marks: marksOf(directory) }),
  explain,
  count: source => experimentsOf(source.path).reduce((sum, { path }) => sum + runFoldersOf(path).length, 0),
  read,
  watch: source => new MlflowWatch(source),
}

/** `breastcancer` for `breastcancer/mlruns`, `breastcancer/src` for `breastcancer/src/mlruns`. */
function nameOf(directory: string): string {
  const isExperiment = kindOf(directory) === 'experiment'
  const folder = isExperiment ? dirname(directory) : directory
  const below = isExperiment ? [basename(directory)] : []
  return nameOfFolder(folder, { saysNothing: name => saysNothing.test(name), below }) || basename(directory)
}

interface ExperimentFolder {
  name: string
  path: string
  /** Relative to the source. */
  place: string
  inTrash: boolean
}

function experimentsOf(root: string): ExperimentFolder[] {
  const names = foldersIn(root)
  if (isExperiment(root, names)) return [{ name: basename(root), path: root, place: '', inTrash: false }]
  const live = names.filter(name => !notExperiments.has(name)).map(name => ({ name, path: `${root}/${name}`, place: name, inTrash: false }))
  const trash = names.includes('.trash') ? foldersIn(`${root}/.trash`) : []
  return [...live, ...trash.map(name => ({ name, path: `${root}/.trash/${name}`, place: `.trash/${name}`, inTrash: true }))]
}

function runFoldersOf(experiment: string): string[] {
  return foldersIn(experiment).filter(name => !reservedFolders.has(name) && existsSync(`${experiment}/${name}/meta.yaml`))
}

function marksOf(directory: string): string[] {
  return experimentsOf(directory).flatMap(({ name, path }) =>
    marksOfExperiment(
      name,
      () => kindOf(path) === 'experiment',
      () => runFoldersOf(path),
    ),
  )
}

function explain(directory: string): string | null {
  if (kindOf(directory) === 'run') {
    return `is a single MLflow run, which is not read on its own: give the folder that holds its experiments, ${dirname(dirname(directory))}`
  }
  if (!isExperiment(directory, foldersIn(directory))) return null
  return `is a single MLflow experiment and is read on its own: give ${dirname(directory)} to read all experiments beside it`
}

function* read(source: FoundSource, options: ReadOptions): Generator<SourceRecord | UnchangedRecord, void> {
  let reading: Reading
  try {
    const tree = new SourceTree(source.path)
    reading = { tree, buffer: new FileBuffer(), aside: new FileBuffer(), known: options.known, runs: new Map() }
  } catch (error) {
    yield { type: 'issue', path: source.path, line: null, reason: readFaultReason(error) }
    return
  }
  const { tree } = reading
  const names = foldersIn(source.path)
  if (isExperiment(source.path, names)) {
    yield* readExperiment(reading, { name: basename(source.path), path: source.path }, '', false)
  } else {
    const { folders } = tree.list(source.path)
    for (const folder of folders) if (!notExperiments.has(folder.name)) yield* readExperiment(reading, folder, folder.name, false)
    for (const trash of folders.filter(({ name }) => name === '.trash')) {
      for (const folder of tree.list(trash.path).folders) yield* readExperiment(reading, folder, prefix('.trash') + folder.name, true)
    }
    for (const models of folders.filter(({ name }) => name === 'models')) yield* readRegisteredModels(tree, reading.aside, models)
  }
  yield* tree.takeIssues()
}
