import { existsSync } from 'node:fs'

import type { FileBuffer } from '#server/readers/file-buffer.ts'
import type { UnchangedRecord } from '#server/readers/reader.ts'
import type { ProjectRecord, SourceRecord } from '#server/readers/record.ts'

import { type DatasetFacts, datasetFacts, readMeta } from './datasets.ts'
import { readLoggedModels } from './logged-models.ts'
import { type Meta, textOf } from './meta-yaml.ts'
import { listRunFiles, RunFileReader } from './run-files.ts'
import { readRun, type RunSurroundings } from './run.ts'
import type { Listing, SourceTree, TreeEntry } from './source-tree.ts'

/** Folders of an experiment that are no runs. */
export const reservedFolders: ReadonlySet<string> = new Set(['tags', 'datasets', 'traces', 'models', 'artifacts'])
const runFolderName = /^[0-9a-f]{32}$/

/** One reading of a source. */
export interface Reading {
  tree: SourceTree
  /** Holds the files of the run that is read, and so makes its digest. */
  buffer: FileBuffer
  /** For all other files. */
  aside: FileBuffer
  known: (foreignId: string) => string | undefined
  /** Foreign ids of the runs read so far, with where they lie. */
  runs: Map<string, string>
}

/** What is known of an experiment before its runs are read. */
export interface Experiment {
  record: ProjectRecord
  models: TreeEntry | undefined
  runFolders: TreeEntry[]
  around: RunSurroundings
}

/** Reads what an experiment's own files say; null where the folder is no experiment. Issues are left in the tree. */
export function openExperiment(
  { tree, buffer, aside, known }: Omit<Reading, 'runs'>,
  folder: TreeEntry,
  path: string,
  inTrash: boolean,
): Experiment | null {
  const listing = tree.list(folder.path)
  const runFolders = listing.folders.filter(({ name }) => !reservedFolders.has(name))
  const reader = new RunFileReader(tree, aside)
  const metaFile = listing.files.find(({ name }) => name === 'meta.yaml')
  const meta = metaFile ? readMeta('meta', metaFile, reader) : null
  if (meta && (meta.has('run_id') || meta.has('run_uuid'))) {
    tree.issue(folder.path, null, 'is a run folder where an experiment was expected; not read')
    return null
  }
  if (!meta && !runFolders.some(run => existsSync(`${run.path}/meta.yaml`))) return null
  if (!metaFile) tree.issue(folder.path, null, `has no meta.yaml; its runs are shown under the project ${folder.name}`)
  const projectNamed = meta ? textOf(meta, 'experiment_id') : ''
  if (metaFile && projectNamed !== '' && projectNamed !== folder.name) {
    tree.issue(metaFile.path, null, `names the experiment ${projectNamed.slice(0, 80)}; the folder's name ${folder.name} is used`)
  }
  const record = projectRecord(reader, tree, folder, path, listing, meta, inTrash)
  const models = listing.folders.find(({ name }) => name === 'models')
  const dataset = lookUp(reader, tree, listing)
  const around = { tree, buffer, known, dataset, project: folder.name, projectNamed, projectDeleted: record.deleted }
  return { record, models, runFolders, around }
}

/** Reads an experiment folder: its project, its logged models, then its runs. Nothing where the folder is no experiment. */
export function* readExperiment(
  reading: Reading,
  folder: TreeEntry,
  path: string,
  inTrash: boolean,
): Generator<SourceRecord | UnchangedRecord, void> {
  const experiment = openExperiment(reading, folder, path, inTrash)
  if (!experiment) return
  yield* experimentRecords(reading, experiment, path)
  yield* readRuns(reading, experiment.runFolders, path, experiment.around)
}

/** The project of an experiment, its logged models and the issues of both. */
export function* experimentRecords(
  { tree, aside }: Pick<Reading, 'tree' | 'aside'>,
  { record, models }: Experiment,
  path: string,
): Generator<SourceRecord, void> {
  yield record
  if (models) yield* readLoggedModels(tree, aside, models, `${prefix(path)}models`, record)
  yield* tree.takeIssues()
}

/** A source's own folder has the path '': what lies in it begins with its name. */
export function prefix(path: string): string {
  return path === '' ? '' : `${path}/`
}

function* readRuns(
  reading: Reading,
  folders: readonly TreeEntry[],
  path: string,
  around: RunSurroundings,
): Generator<SourceRecord | UnchangedRecord, void> {
  const { tree } = reading
  const artifactsOnly: TreeEntry[] = []
  for (const folder of folders) {
    tree.forgetLinks()
    const files = listRunFiles(tree, folder.path)
    const runPath = prefix(path) + folder.name
    if (files.meta) {
      const incomplete = tree.issues.length > 0
      const other = reading.runs.get(folder.name)
      // A second folder with the id of a run read before is a run of its own, named by its path.
      const foreignId = other === undefined ? folder.name : runPath
      for (const record of readRun(around, { foreignId, path: runPath, directory: folder.path, files, incomplete })) {
        if (record.type !== 'points') reading.runs.set(foreignId, runPath)
        yield record
      }
      if (other !== undefined) tree.issue(folder.path, null, `has the same run id as ${other}; both are shown`)
    } else if (files.metrics.length + files.params.length + files.tags.length > 0) {
      tree.issue(folder.path, null, 'looks like a run but has no meta.yaml; not read')
    } else if (runFolderName.test(folder.name) && files.hasArtifacts) artifactsOnly.push(folder)
    yield* tree.takeIssues()
  }
  const [first, ...others] = artifactsOnly
  if (!first) return
  const too = others.length === 0 ? '' : `, as do ${others.length} folders beside it`
  tree.issue(first.path, null, `holds only artifacts${too}: such runs are kept in a database (mlflow.db), not in this folder`)
  yield* tree.takeIssues()
}

function projectRecord(
  reader: RunFileReader,
  tree: SourceTree,
  folder: TreeEntry,
  path: string,
  listing: Listing,
  meta: Meta | null,
  inTrash: boolean,
): ProjectRecord {
  const tagFolder = listing.folders.find(({ name }) => name === 'tags')
  const tags = tagFolder ? reader.pairs('tags', tree.listDeep(tagFolder.path)) : []
  const { description, primaryMetric } = factsOfTags(tags)
  return {
    type: 'project',
    foreignId: folder.name,
    name: (meta && textOf(meta, 'name')) || folder.name,
    path,
    description,
    tags,
    deleted: inTrash || (meta !== null && textOf(meta, 'lifecycle_stage') === 'deleted'),
    primaryMetric,
  }
}

/** What an experiment's tags say of it. */
export function factsOfTags(tags: ProjectRecord['tags']): Pick<ProjectRecord, 'description' | 'primaryMetric'> {
  const values = new Map(tags)
  const key = values.get('mlflow.experiment.primaryMetric.name') ?? ''
  const greaterIsBetter = /^(?:true|1)$/i.test(values.get('mlflow.experiment.primaryMetric.greaterIsBetter') ?? 'true')
  return { description: values.get('mlflow.note.content') ?? '', primaryMetric: key === '' ? null : { key, greaterIsBetter } }
}

/** Looks up datasets of the experiment by id; each is read once, when a run first names it. */
function lookUp(reader: RunFileReader, tree: SourceTree, listing: Listing): (id: string) => DatasetFacts | null {
  const cache = new Map<string, DatasetFacts | null>()
  const datasets = listing.folders.find(({ name }) => name === 'datasets')
  const folders = new Map(datasets ? tree.list(datasets.path).folders.map(folder => [folder.name, folder]) : [])
  const read = (id: string): DatasetFacts | null => {
    const folder = folders.get(id)
    const file = folder && tree.list(folder.path).files.find(({ name }) => name === 'meta.yaml')
    const meta = file ? readMeta('datasets', file, reader) : null
    return meta && datasetFacts(meta)
  }
  return id => {
    const cached = cache.get(id)
    if (cached !== undefined) return cached
    const facts = read(id)
    cache.set(id, facts)
    return facts
  }
}
