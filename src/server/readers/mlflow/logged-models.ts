import type { FileBuffer } from '#server/readers/file-buffer.ts'
import type { LoggedModelRecord, ModelMetricRecord, ProjectRecord } from '#server/readers/record.ts'

import { readMeta } from './datasets.ts'
import { integerOf, textOf } from './meta-yaml.ts'
import { shown } from './metric-lines.ts'
import { parseFloat64, parseInt64 } from './number-text.ts'
import { listRunFiles, RunFileReader } from './run-files.ts'
import type { SourceTree, TreeEntry } from './source-tree.ts'

const statuses: Record<string, string> = { '0': 'UNSPECIFIED', '1': 'PENDING', '2': 'READY', '3': 'FAILED' }

/** Word for the number that MLflow 3 keeps as LoggedModelStatus. */
export function modelStatus(code: string): string {
  return statuses[code] ?? code
}

/** The logged models of an experiment (`<experiment>/models/m-*`, MLflow 3); a folder without `meta.yaml` is none. */
export function* readLoggedModels(
  tree: SourceTree,
  buffer: FileBuffer,
  folder: TreeEntry,
  path: string,
  project: ProjectRecord,
): Generator<LoggedModelRecord, void> {
  const reader = new RunFileReader(tree, buffer)
  for (const { name: foreignId, path: directory } of tree.list(folder.path).folders) {
    const files = listRunFiles(tree, directory)
    const meta = files.meta && readMeta('meta', files.meta, reader)
    if (!meta) continue
    yield {
      type: 'model',
      foreignId,
      projectForeignId: project.foreignId,
      name: textOf(meta, 'name'),
      path: `${path}/${foreignId}`,
      artifacts: files.hasArtifacts ? `${path}/${foreignId}/artifacts` : null,
      status: modelStatus(textOf(meta, 'status')),
      modelType: textOf(meta, 'model_type'),
      runForeignId: textOf(meta, 'source_run_id'),
      created: integerOf(meta, 'creation_timestamp'),
      deleted: project.deleted || textOf(meta, 'lifecycle_stage') === 'deleted',
      params: reader.pairs('params', files.params),
      tags: reader.pairs('tags', files.tags),
      metrics: files.metrics.flatMap(file => readModelMetric(file, reader)),
    }
  }
}

/** Lines of `<timestamp ms> <value> <step> <run id>[ <dataset> <digest>]`; the dataset's name may hold blanks. */
function readModelMetric(file: TreeEntry, reader: RunFileReader): ModelMetricRecord[] {
  const metrics: ModelMetricRecord[] = []
  for (const [index, line] of (reader.text('metrics', file) ?? '').split('\n').entries()) {
    const fields = line.split(/[ \t\r]+/).filter(field => field !== '')
    if (fields.length === 0) continue
    const [timeText = '', valueText = '', stepText = '', runForeignId = ''] = fields
    const time = parseFloat64(timeText, 0, timeText.length)
    const value = parseFloat64(valueText, 0, valueText.length)
    const step = parseInt64(stepText, 0, stepText.length)
    if (time === undefined || value === undefined || step === undefined) {
      reader.fault(file.path, index + 1, `expected "timestamp value step run", found ${shown(line)}`)
      continue
    }
    const named = fields.length > 5
    const dataset = named ? fields.slice(4, -1).join(' ') : ''
    metrics.push({
      key: file.name,
      value,
      step,
      time: time / 1000,
      runForeignId,
      dataset,
      datasetDigest: named ? (fields.at(-1) ?? '') : '',
    })
  }
  return metrics
}
