import { printOperand } from '#contract/operand-text.ts'
import { attributes, type Attribute, type KeyKind } from '#contract/operand.ts'
import type { Parsed } from '#contract/operations.ts'
import type { KeyEntry, KeysPage } from '#contract/runs-page.ts'

import { findProject, type Reader } from './reader.ts'

const kindOrder: Record<KeyEntry['kind'], number> = { attribute: 0, metric: 1, param: 2, tag: 3 }

function matcher(search: string): (key: string) => boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return key => {
    const lower = key.toLowerCase()
    return words.every(word => lower.includes(word))
  }
}

/**
 * Keys of a project whose name holds every word of `search`: names that start with it first, then by how many runs have them.
 */
export function listKeys(reader: Reader, { project, search, kind, limit, offset }: Parsed<'keys'>): KeysPage {
  const { no } = findProject(reader, project)
  const matches = matcher(search)
  const runs = reader.columns.index(no).size
  const stored = kind === 'attribute' ? [] : storedKeys(reader, no, kind)
  const fields: KeyEntry[] =
    kind === 'any' || kind === 'attribute'
      ? (Object.keys(attributes) as Attribute[]).map(key => ({
          operand: printOperand({ kind: 'attribute', key }),
          kind: 'attribute',
          key,
          runs,
          numeric: !['text', 'status'].includes(attributes[key]),
          varies: true,
        }))
      : []
  const start = search.trim().toLowerCase()
  const rank = (entry: KeyEntry) => (start !== '' && entry.key.toLowerCase().startsWith(start) ? 0 : 1)
  const found = [...fields, ...stored].filter(entry => matches(entry.key))
  found.sort((a, b) => rank(a) - rank(b) || kindOrder[a.kind] - kindOrder[b.kind] || b.runs - a.runs || (a.key < b.key ? -1 : 1))
  return { total: found.length, keys: found.slice(offset, offset + limit) }
}

function storedKeys(reader: Reader, project: number, kind: KeyKind | 'any'): KeyEntry[] {
  const statement = reader.database.prepare(
    'select kind, name, runs, numbers, varies from project_key join key on key.no = key where project = ?',
  )
  statement.setReturnArrays(true)
  const rows = statement.all(project) as unknown as [KeyKind, string, number, number, number][]
  return rows
    .filter(row => kind === 'any' || row[0] === kind)
    .map(([of, key, runs, numbers, varies]) => ({
      operand: printOperand(of === 'metric' ? { kind: of, key, aggregate: 'last' } : { kind: of, key }),
      kind: of,
      key,
      runs,
      numeric: numbers === runs,
      varies: of === 'metric' || varies === 1,
    }))
}
