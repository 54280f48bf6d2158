import { printOperand } from '#contract/operand-text.ts'
import { attributes, type Attribute, type KeyKind, type Operand } from '#contract/operand.ts'
import type { Parsed } from '#contract/operations.ts'
import type { KeyEntry, KeysPage } from '#contract/runs-page.ts'
import type { RunIndex } from '#server/store/run-index.ts'

import { findProject, type Reader } from './reader.ts'

const kindOrder: Record<KeyEntry['kind'], number> = { attribute: 0, metric: 1, param: 2, tag: 3 }

interface KnownKey extends Omit<KeyEntry, 'operand'> {
  /** The key in lower case. */
  lower: string
}

/** Keys of a project in their order, kept as long as its runs are: the list is asked for again with each letter of a search. */
const known = new WeakMap<RunIndex, KnownKey[]>()

/**
 * Keys of a project whose name holds every word of `search`: names that start with it first, then by how many runs have them.
 */
export function listKeys(reader: Reader, { project, search, kind, limit, offset }: Parsed<'keys'>): KeysPage {
  const { no } = findProject(reader, project)
  const start = search.trim().toLowerCase()
  const words = start.split(/\s+/).filter(Boolean)
  const first: KnownKey[] = []
  const others: KnownKey[] = []
  for (const key of keysOf(reader, no)) {
    if (kind !== 'any' && key.kind !== kind) continue
    if (!words.every(word => key.lower.includes(word))) continue
    if (start !== '' && key.lower.startsWith(start)) first.push(key)
    else others.push(key)
  }
  const found = first.length === 0 ? others : [...first, ...others]
  return { total: found.length, keys: found.slice(offset, offset + limit).map(toEntry) }
}

function toEntry({ kind, key, runs, numeric, varies }: KnownKey): KeyEntry {
  return { operand: printOperand(operandOf(kind, key)), kind, key, runs, numeric, varies }
}

function operandOf(kind: KnownKey['kind'], key: string): Operand {
  if (kind === 'metric') return { kind, key, aggregate: 'last' }
  return kind === 'attribute' ? { kind, key: key as Attribute } : { kind, key }
}

function keysOf(reader: Reader, project: number): KnownKey[] {
  const index = reader.columns.index(project)
  const before = known.get(index)
  if (before) return before
  const keys = [...fieldsOf(index), ...storedKeys(reader, project)]
  keys.sort((a, b) => kindOrder[a.kind] - kindOrder[b.kind] || b.runs - a.runs || (a.key < b.key ? -1 : 1))
  known.set(index, keys)
  return keys
}

function fieldsOf({ size }: RunIndex): KnownKey[] {
  return (Object.keys(attributes) as Attribute[]).map(key => ({
    kind: 'attribute',
    key,
    lower: key,
    runs: size,
    numeric: !['text', 'status'].includes(attributes[key]),
    varies: true,
  }))
}

function storedKeys(reader: Reader, project: number): KnownKey[] {
  const statement = reader.database.prepare(
    'select kind, name, runs, numbers, varies from project_key join key on key.no = key where project = ?',
  )
  statement.setReturnArrays(true)
  const rows = statement.all(project) as unknown as [KeyKind, string, number, number, number][]
  return rows.map(([kind, key, runs, numbers, varies]) => ({
    kind,
    key,
    lower: key.toLowerCase(),
    runs,
    numeric: numbers === runs,
    varies: kind === 'metric' || varies === 1,
  }))
}
