import type { FileBuffer } from '#server/readers/file-buffer.ts'
import type { RegisteredModelRecord } from '#server/readers/record.ts'

import { readMeta } from './datasets.ts'
import { integerOf, textOf } from './meta-yaml.ts'
import { RunFileReader } from './run-files.ts'
import type { Listing, SourceTree, TreeEntry } from './source-tree.ts'

type Version = RegisteredModelRecord['versions'][number]

/** The logged model that a version was made from, where its source names one (`models:/m-…`); else empty. */
export function modelNamedBy(source: string): string {
  return /^models:\/(m-[^/]+)$/.exec(source)?.[1] ?? ''
}

/** The model registry, `<source>/models/<name>/version-<N>`. Its `models` folder is no experiment. */
export function* readRegisteredModels(tree: SourceTree, buffer: FileBuffer, folder: TreeEntry): Generator<RegisteredModelRecord, void> {
  const reader = new RunFileReader(tree, buffer)
  for (const { name, path } of tree.list(folder.path).folders) {
    const listing = tree.list(path)
    const file = listing.files.find(file => file.name === 'meta.yaml')
    const meta = file ? readMeta('meta', file, reader) : null
    const versions = listing.folders.flatMap(version => readVersion(tree, reader, version)).sort((a, b) => a.version - b.version)
    if (!meta && versions.length === 0) continue
    yield {
      type: 'registered-model',
      name,
      description: meta ? textOf(meta, 'description') : '',
      created: meta && integerOf(meta, 'creation_timestamp'),
      tags: pairsIn(tree, reader, listing, 'tags'),
      aliases: pairsIn(tree, reader, listing, 'aliases').flatMap(([alias, text]): [string, number][] => {
        if (/^\s*\d{1,9}\s*$/.test(text)) return [[alias, Number(text)]]
        reader.fault(`${path}/aliases/${alias}`, null, 'does not hold the number of a version')
        return []
      }),
      versions,
    }
  }
}

function pairsIn(tree: SourceTree, reader: RunFileReader, listing: Listing, name: string): [string, string][] {
  const folder = listing.folders.find(folder => folder.name === name)
  return folder ? reader.pairs(name, tree.listDeep(folder.path)) : []
}

function readVersion(tree: SourceTree, reader: RunFileReader, folder: TreeEntry): Version[] {
  const number = /^version-(\d{1,9})$/.exec(folder.name)?.[1]
  if (number === undefined) return []
  const listing = tree.list(folder.path)
  const file = listing.files.find(({ name }) => name === 'meta.yaml')
  if (!file) tree.issue(folder.path, null, 'has no meta.yaml; the model version is left out')
  const meta = file ? readMeta('meta', file, reader) : null
  if (!meta) return []
  const source = textOf(meta, 'source')
  return [
    {
      version: Number(number),
      stage: textOf(meta, 'current_stage'),
      status: textOf(meta, 'status'),
      description: textOf(meta, 'description'),
      created: integerOf(meta, 'creation_timestamp'),
      runForeignId: textOf(meta, 'run_id'),
      // Before the key `model_id`, and in databases still, the model is named by the source alone.
      model: textOf(meta, 'model_id') || modelNamedBy(source),
      source,
      tags: pairsIn(tree, reader, listing, 'tags'),
    },
  ]
}
