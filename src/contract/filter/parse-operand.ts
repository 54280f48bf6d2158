import { nearest } from '#contract/nearest.ts'
import { type Aggregate, aggregates, attributes, type Operand } from '#contract/operand.ts'
import type { Token } from '#contract/scan.ts'

import type { Span } from './ast.ts'
import { type Cursor, FilterFault, shown, type Wanted } from './cursor.ts'
import { attributeNames, attributeOf, datasetFields, type Entity, entityNames, entityOf } from './names.ts'

export type LocatedOperand = { operand: Operand } & Required<Span>

const allKinds: Operand['kind'][] = ['metric', 'param', 'tag', 'attribute']
const reserved = new Set(['and', 'or', 'not', 'in', 'between', 'like', 'ilike', 'matches', 'is', 'null'])
const keyList = 'metrics.…, params.…, tags.… or a run attribute'

/** Reads `max(metrics.x)`, ``params.`a b` ``, `status` at the cursor; `words` are what else may stand there. */
export function parseOperandAt(cursor: Cursor, words: string[] = []): LocatedOperand {
  const { token } = cursor
  if (token.kind !== 'word' || cursor.peek(1).text !== '(')
    return parseKey(cursor, { expects: 'key', kinds: allKinds, operand: null, words })
  const aggregate = aggregates.find(name => name === token.text.toLowerCase())
  if (aggregate === undefined) {
    const near = token.text.toLowerCase() === 'avg' ? 'mean' : nearest(token.text, aggregates)
    throw fault(`There is no function ${shown(token.text)}.`, token, aggregates.join(', '), near)
  }
  cursor.take()
  cursor.take()
  const inner = parseKey(cursor, { expects: 'key', kinds: ['metric'], operand: null, words: [] }, aggregate)
  const close = cursor.token
  if (!cursor.takeSign(')'))
    cursor.expected(
      ')',
      { expects: 'connective', kinds: [], operand: null, words: [')'] },
      { after: cursor.text.slice(inner.start, inner.end) },
    )
  return { operand: inner.operand, start: token.start, end: close.end }
}

function parseKey(cursor: Cursor, wanted: Wanted, aggregate?: Aggregate): LocatedOperand {
  const first = cursor.token
  const found = first.kind === 'quoted' && !first.text.startsWith("'") ? parseQuoted(cursor) : parseWord(cursor, wanted)
  if (aggregate === undefined) return found
  const { operand, start, end } = found
  if (operand.kind === 'metric') return { operand: { ...operand, aggregate }, start, end }
  const kind = operand.kind === 'attribute' ? 'an attribute' : `a ${operand.kind}`
  throw fault(`${aggregate} takes a metric, and ${shown(cursor.text.slice(start, end))} is ${kind}.`, found, 'metrics.…')
}

function parseWord(cursor: Cursor, wanted: Wanted): LocatedOperand {
  if (cursor.token.kind !== 'word' || reserved.has(cursor.token.text.toLowerCase()))
    cursor.expected(wanted.kinds.length === 1 ? 'a metric such as metrics.acc' : 'a key such as metrics.acc', wanted, { list: keyList })
  const token = cursor.take()
  const dot = token.text.indexOf('.')
  if (dot < 0) {
    if (cursor.isWord('name') && token.text.toLowerCase() === 'run') {
      return { operand: { kind: 'attribute', key: 'run_name' }, start: token.start, end: cursor.take().end }
    }
    return attribute(token.text, token, token)
  }
  const entityName = token.text.slice(0, dot)
  const entity = entityAt(entityName, { start: token.start, end: token.start + dot })
  return keyOf(cursor, entity, token.text.slice(dot + 1), token)
}

/** A whole attribute in quotes, or an entity in quotes with a key behind it. */
function parseQuoted(cursor: Cursor): LocatedOperand {
  const token = cursor.take()
  const next = cursor.token
  if (next.kind !== 'word' || next.start !== token.end || !next.text.startsWith('.')) return attribute(token.content, token, token)
  const entity = entityAt(token.content, token)
  cursor.take()
  return keyOf(cursor, entity, next.text.slice(1), { ...next, start: token.start })
}

/** `before` is all up to and with the bare key; where that is empty a quoted key must follow without a space. */
function keyOf(cursor: Cursor, entity: Entity, bare: string, before: Span): LocatedOperand {
  const { start } = before
  if (bare !== '') return named(entity, bare, { start: before.end - bare.length, end: before.end }, before)
  const next = cursor.token
  const quoted = next.kind === 'quoted' && next.start === before.end ? cursor.take() : undefined
  if (!quoted) {
    throw fault(
      `Expected a key after ${cursor.text.slice(start, before.end)}`,
      { start: before.end, end: before.end },
      'a key, in backticks where it holds other characters than letters, digits, _ and .',
    )
  }
  const span = { start, end: quoted.end }
  return named(entity, quoted.content, quoted, span)
}

function named(kind: Entity, key: string, keySpan: Span, span: Span): LocatedOperand {
  if (kind === 'attribute') return attribute(key, keySpan, span)
  if (kind === 'dataset') return datasetField(key, keySpan, span)
  const { start, end } = span
  return { operand: kind === 'metric' ? { kind, key, aggregate: 'last' } : { kind, key }, start, end }
}

function datasetField(name: string, nameSpan: Span, { start, end }: Span): LocatedOperand {
  const key = attributeOf(`datasets.${name}`)
  if (key !== undefined) return { operand: { kind: 'attribute', key }, start, end }
  throw fault(`There is no field ${shown(name)} of datasets.`, nameSpan, datasetFields.join(', '), nearest(name, datasetFields))
}

function entityAt(name: string, span: Span): Entity {
  const entity = entityOf(name)
  if (entity !== undefined) return entity
  throw fault(
    `There is no entity ${shown(name)}: a key starts with metrics, params, tags, datasets or attributes.`,
    span,
    entityNames.join(', '),
    nearest(name, entityNames),
  )
}

function attribute(name: string, nameSpan: Span, span: Span): LocatedOperand {
  const key = attributeOf(name)
  if (key !== undefined) return { operand: { kind: 'attribute', key }, start: span.start, end: span.end }
  if (name.toLowerCase() === 'artifact_uri') {
    throw fault('artifact_uri is not kept, since a recorded location is mostly a path of another machine.', nameSpan, keyList)
  }
  const entity = entityOf(name)
  if (entity !== undefined && nameSpan.start === span.start) {
    const example = entity === 'attribute' ? 'status' : entity === 'dataset' ? 'name' : 'acc'
    throw fault(`Expected a key after ${name}, such as ${name}.${example}.`, { start: span.end, end: span.end }, '.')
  }
  throw fault(
    `There is no attribute ${shown(name)}.`,
    nameSpan,
    `metrics.…, params.…, tags.… or one of ${Object.keys(attributes).join(', ')}`,
    nearest(name, attributeNames),
  )
}

function fault(message: string, { start, end }: Pick<Token, 'start' | 'end'>, expected: string, near?: string): FilterFault {
  return new FilterFault({ message, start, end, expected, ...(near === undefined ? {} : { nearest: near }) })
}
