import type { DatasetRecord, ModelLinkRecord } from '#server/readers/record.ts'

import { type Meta, MetaError, pairsOf, parseMeta, textOf } from './meta-yaml.ts'
import { parseInt64 } from './number-text.ts'
import type { RunFileReader } from './run-files.ts'
import type { TreeEntry } from './source-tree.ts'

export type DatasetFacts = Omit<DatasetRecord, 'context'>

/** What a dataset's `meta.yaml` below `<experiment>/datasets` says of it. */
export function datasetFacts(meta: Meta): DatasetFacts {
  return {
    name: textOf(meta, 'name'),
    digest: textOf(meta, 'digest'),
    sourceType: textOf(meta, 'source_type'),
    source: textOf(meta, 'source'),
  }
}

/** Parses each of a group's `meta.yaml`; a bad one becomes an issue. */
export function readMetas(group: string, entries: readonly TreeEntry[], reader: RunFileReader): { entry: TreeEntry; meta: Meta }[] {
  return entries.flatMap(entry => {
    const meta = readMeta(group, entry, reader)
    return meta === null ? [] : [{ entry, meta }]
  })
}

/** A parsed `meta.yaml`; null with an issue where it cannot be read. */
export function readMeta(group: string, entry: TreeEntry, reader: RunFileReader): Meta | null {
  const text = reader.text(group, entry)
  if (text === null) return null
  try {
    return parseMeta(text)
  } catch (error) {
    if (!(error instanceof MetaError)) throw error
    reader.fault(entry.path, error.line, error.message)
    return null
  }
}

/** Datasets and models that a run used or made (`inputs/*` and `outputs/*`); `dataset` looks one up by its id in the experiment. */
export function readLinks(
  inputs: readonly TreeEntry[],
  outputs: readonly TreeEntry[],
  reader: RunFileReader,
  dataset: (id: string) => DatasetFacts | null,
): { datasets: DatasetRecord[]; models: ModelLinkRecord[] } {
  const datasets: DatasetRecord[] = []
  const models: ModelLinkRecord[] = []
  for (const { entry, meta } of readMetas('inputs', inputs, reader)) {
    const id = textOf(meta, 'source_id')
    const type = textOf(meta, 'source_type')
    if (type === 'MODEL' || (type === '' && id.startsWith('m-'))) models.push({ model: id, direction: 'input', step: stepOf(meta) })
    else if (type === 'DATASET' || type === '') {
      const facts = dataset(id)
      if (facts === null) reader.fault(entry.path, null, `names the dataset ${id}, which is not below the experiment's datasets folder`)
      const context = pairsOf(meta, 'tags').get('mlflow.data.context') ?? ''
      datasets.push({ ...(facts ?? { name: id, digest: '', sourceType: '', source: '' }), context })
    } else reader.fault(entry.path, null, `has an input of the unknown type ${type.slice(0, 80)}`)
  }
  for (const { entry, meta } of readMetas('outputs', outputs, reader)) {
    models.push({ model: textOf(meta, 'destination_id') || entry.name, direction: 'output', step: stepOf(meta) })
  }
  return { datasets, models }
}

function stepOf(meta: Meta): number | bigint {
  const text = textOf(meta, 'step')
  return parseInt64(text, 0, text.length) ?? 0
}
