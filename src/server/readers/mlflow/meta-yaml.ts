import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'

/** A value of a `meta.yaml`: text as written (numbers too, since ids may exceed 2^53), null, or one of the few nested ones. */
export type MetaValue = string | null | MetaValue[] | Meta
/** A `Map`, so that `__proto__` is a key like any other. */
export type Meta = Map<string, MetaValue>

export class MetaError extends Error {
  /** 1-based, null where the whole file is meant. */
  readonly line: number | null
  constructor(reason: string, line: number | null) {
    super(reason)
    this.name = 'MetaError'
    this.line = line
  }
}

/**
 * Reads a `meta.yaml`: YAML 1.1 as PyYAML's safe dumper writes it. Flat `key: value` lines, which nearly all are, take a short
 * way. Tags other than those of plain scalars, aliases and merge keys are refused. Throws `MetaError`.
 */
export function parseMeta(text: string): Meta {
  const meta = parseFlat(text) ?? parseAny(text)
  if (meta.size === 0) throw new MetaError('is empty', null)
  return meta
}

const flatLine = /^([A-Za-z_][\w.]*):(?: +(.*?))? *\r?$/
/** Starts or contents that mean more than the text itself in YAML. */
const notPlain = /^[&*!|>%@`"[{#,?\]}]|^[-:](?: |$)|: |:$| #|\t/
const singleQuoted = /^'(?:[^']|'')*'$/
const nulls = new Set(['', '~', 'null', 'Null', 'NULL'])

/** Null where the text is not flat, so that the short way decides nothing that it does not surely know. */
function parseFlat(text: string): Meta | null {
  const meta: Meta = new Map()
  let start = 0
  while (start < text.length) {
    let end = text.indexOf('\n', start)
    if (end < 0) end = text.length
    const match = flatLine.exec(text.slice(start, end))
    start = end + 1
    if (!match) return null
    const [, key = '', written = ''] = match
    const value = parseFlatValue(written)
    if (value === undefined) return null
    meta.set(key, value)
  }
  return meta
}

function parseFlatValue(written: string): MetaValue | undefined {
  if (nulls.has(written)) return null
  if (written.startsWith("'")) return singleQuoted.test(written) ? written.slice(1, -1).replaceAll("''", "'") : undefined
  if (written === '[]') return []
  if (written === '{}') return new Map()
  return notPlain.test(written) ? undefined : written
}

const depthLimit = 100
const scalarTags = new Set(['str', 'int', 'float', 'bool', 'null', 'timestamp'].map(name => `tag:yaml.org,2002:${name}`))

function parseAny(text: string): Meta {
  checkDepth(text)
  const document = parseDocument(text, { version: '1.1', schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' })
  const [error] = document.errors
  if (error) throw new MetaError(`is not YAML: ${firstLine(error.message)}`, error.linePos?.[0].line ?? null)
  const lineAt = (node: unknown) => lineOf(text, node)
  const contents = document.contents
  if (contents === null) throw new MetaError('is empty', null)
  const value = toMetaValue(contents, lineAt)
  if (!(value instanceof Map)) throw new MetaError('is not a list of `key: value` lines', null)
  return value
}

/** The parser recurses into brackets; a file that only opens them would use up the stack. */
function checkDepth(text: string): void {
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 91 || code === 123) depth += 1
    else if (code === 93 || code === 125) depth -= 1
    if (depth > depthLimit) throw new MetaError(`is nested more than ${depthLimit} levels deep`, null)
  }
}

function toMetaValue(node: unknown, lineAt: (node: unknown) => number | null): MetaValue {
  if (node === null || node === undefined) return null
  if (isAlias(node)) throw new MetaError('has a YAML alias, which MLflow never writes', lineAt(node))
  if (isScalar(node)) {
    if (node.tag !== undefined && !scalarTags.has(node.tag)) throw refusedTag(node.tag, lineAt(node))
    const value = String(node.value)
    return node.type === 'PLAIN' && nulls.has(value) ? null : value
  }
  if (!isMap(node) && !isSeq(node)) throw new MetaError('is not YAML', null)
  if (node.tag !== undefined && !/^tag:yaml\.org,2002:(map|seq)$/.test(node.tag)) throw refusedTag(node.tag, lineAt(node))
  if (isSeq(node)) return node.items.map(item => toMetaValue(item, lineAt))
  return new Map(
    node.items.map(pair => {
      const key = toMetaValue(pair.key, lineAt)
      if (typeof key !== 'string') throw new MetaError('has a key that is not text', lineAt(pair.key))
      if (key === '<<') throw new MetaError('has a YAML merge key, which MLflow never writes', lineAt(pair.key))
      return [key, toMetaValue(pair.value, lineAt)]
    }),
  )
}

function refusedTag(tag: string, line: number | null): MetaError {
  return new MetaError(`has the YAML tag ${tag.slice(0, 80)}, which is not read since it could name code`, line)
}

function lineOf(text: string, node: unknown): number | null {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null
  if (!Array.isArray(range) || typeof range[0] !== 'number') return null
  return text.slice(0, range[0]).split('\n').length
}

function firstLine(message: string): string {
  const [first = ''] = message.split('\n')
  return first.replace(/ at line \d+, column \d+:?$/, '')
}

/** Text of a key as written; empty where it is missing, null or not a scalar. */
export function textOf(meta: Meta, key: string): string {
  const value = meta.get(key)
  return typeof value === 'string' ? value : ''
}

/** A whole number (times, codes, versions); null where the key is missing or holds anything else. */
export function integerOf(meta: Meta, key: string): number | null {
  const text = textOf(meta, key)
  return /^[+-]?\d{1,19}$/.test(text) ? Number(text) : null
}

/** A nested map of texts (`tags:` of an input); empty where it is missing or of another shape. */
export function pairsOf(meta: Meta, key: string): Map<string, string> {
  const value = meta.get(key)
  const pairs = new Map<string, string>()
  if (value instanceof Map) for (const [name, item] of value) if (typeof item === 'string') pairs.set(name, item)
  return pairs
}
