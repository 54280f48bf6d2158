import { statSync } from 'node:fs'

import type { FileBuffer } from '#server/readers/file-buffer.ts'
import type { UnchangedRecord } from '#server/readers/reader.ts'
import type { SourceRecord } from '#server/readers/record.ts'

import { type DatasetFacts, readLinks, readMeta } from './datasets.ts'
import { textOf } from './meta-yaml.ts'
import { checkLongMetrics, readLongMetric, readMetrics } from './metric-files.ts'
import type { MetricTails } from './metric-tail.ts'
import { isRunMeta, runFacts, statusOf } from './run-facts.ts'
import { fingerprintOf, type RunFiles, RunFileReader, RunMarks } from './run-files.ts'
import type { SourceTree } from './source-tree.ts'

/** What a run's record needs to know of the experiment around it. */
export interface RunSurroundings {
  tree: SourceTree
  buffer: FileBuffer
  project: string
  /** Id that the experiment's own file names: runs of a renamed experiment folder name it as well, which is one issue, not one a run. */
  projectNamed: string
  projectDeleted: boolean
  dataset: (id: string) => DatasetFacts | null
  known: (foreignId: string) => string | undefined
}

export interface RunFolder {
  foreignId: string
  /** Relative to the source. */
  path: string
  /** Absolute. */
  directory: string
  files: RunFiles
  /** Something below the folder could not be listed. */
  incomplete: boolean
}

/** What the record of a run hangs on besides its files: part of its fingerprint. */
export function placeOf(around: Pick<RunSurroundings, 'projectDeleted'>, path: string): string {
  return `${path}\n${around.projectDeleted}`
}

/**
 * Reads one run: its record, then the points of its long metrics. Issues are left in the tree. `tails` takes where to go on when
 * its metric files have grown.
 */
export function* readRun(around: RunSurroundings, folder: RunFolder, tails?: MetricTails): Generator<SourceRecord | UnchangedRecord, void> {
  const { tree, buffer, project } = around
  const { foreignId, path, files } = folder
  const place = placeOf(around, path)
  const before = folder.incomplete ? undefined : around.known(foreignId)
  if (before !== undefined && before !== '' && before === fingerprintOf(files, place)) {
    yield { type: 'unchanged', foreignId }
    return
  }
  if (!files.meta) return
  waitWhileEmpty(files.meta.path)
  buffer.restart()
  const marks = new RunMarks(place)
  marks.clean = !folder.incomplete
  const reader = new RunFileReader(tree, buffer, marks)
  const meta = readMeta('meta', files.meta, reader)
  if (!meta) return
  if (!isRunMeta(meta)) {
    reader.fault(files.meta.path, null, 'has none of the keys of a run; the run is left out')
    return
  }
  checkIds(around, folder, textOf(meta, 'run_id') || textOf(meta, 'run_uuid'), textOf(meta, 'experiment_id'), reader)
  const running = statusOf(meta) === 'running'
  const { series, long } = readMetrics(files.metrics, buffer, marks, reader, running, tails)
  const params = reader.pairs('params', files.params)
  const tags = reader.pairs('tags', files.tags)
  const { datasets, models } = readLinks(files.inputs, files.outputs, reader, around.dataset)
  const follow = checkLongMetrics(long, buffer, reader, running, tails)
  yield {
    type: 'run',
    foreignId,
    projectForeignId: project,
    path,
    ...runFacts(meta, new Map(tags), foreignId, around.projectDeleted),
    params,
    tags,
    series,
    datasets,
    models,
    artifacts: files.hasArtifacts ? `${path}/artifacts` : null,
    digest: buffer.digest(marks.frame()),
    fingerprint: marks.fingerprint(),
  }
  for (const metric of follow) yield* readLongMetric(foreignId, metric, reader, running, tails)
}

/** MLflow writes some `meta.yaml` in place: for a moment it is empty. One that has long been empty is not waited for. */
function waitWhileEmpty(path: string): void {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (!stats || stats.size > 0 || Math.abs(Date.now() - stats.mtimeMs) > 2_000) return
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15)
  }
}

function checkIds(around: RunSurroundings, folder: RunFolder, run: string, experiment: string, reader: RunFileReader): void {
  const path = folder.files.meta?.path ?? folder.directory
  const name = folder.path.slice(folder.path.lastIndexOf('/') + 1)
  if (run !== '' && run !== name) reader.fault(path, null, `names the run ${run.slice(0, 80)}; the folder's name ${name} is used`)
  if (experiment === '' || experiment === around.project || experiment === around.projectNamed) return
  reader.fault(path, null, `names the experiment ${experiment.slice(0, 80)}; the folder's name ${around.project} is used`)
}
