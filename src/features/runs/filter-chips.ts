import type { Comparator, Condition, Filter, Literal, Span } from '#contract/filter/ast.ts'
import { comparableOf } from '#contract/filter/names.ts'
import { parseFilter } from '#contract/filter/parse.ts'
import { printFilter } from '#contract/filter/print.ts'
import type { Operand } from '#contract/operand.ts'
import { formatDate, formatDuration } from '#lib/format-time.ts'

import { attributeTitle } from './table-columns.tsx'

/** One part of a filter in words: `val/acc` `max above` `0.5`. */
export interface FilterChip {
  label: string
  /** The label is a key that somebody typed. */
  mono: boolean
  words: string
  value: string
  /** Where the part stands in the text. */
  at: Span | null
  /** The filter without this part. */
  without: string
}

const comparisons: Record<Comparator, string> = { '=': 'is', '!=': 'is not', '<': 'under', '<=': 'at most', '>': 'above', '>=': 'at least' }
const timeComparisons: Record<Comparator, string> = { '=': 'is', '!=': 'is not', '<': 'before', '<=': 'until', '>': 'after', '>=': 'from' }

/** The conditions of a filter that are joined by `and`, each in words. What words cannot say is one `custom condition`. Empty for a filter that cannot be read. */
export function filterChips(text: string): FilterChip[] {
  const parsed = parseFilter(text)
  if (!parsed.ok || parsed.filter === null) return []
  const { filter } = parsed
  const parts = filter.kind === 'and' ? filter.parts : [filter]
  return parts.map((part, index) => {
    const rest = parts.filter((_, other) => other !== index)
    const [only] = rest
    const without = rest.length > 1 ? printFilter({ kind: 'and', parts: rest }) : printFilter(only ?? null)
    return { ...(describe(part) ?? { label: 'custom condition', mono: false, words: '', value: '' }), at: spanOf(part), without }
  })
}

type Described = Pick<FilterChip, 'label' | 'mono' | 'words' | 'value'>

function describe(filter: Filter): Described | null {
  if (filter.kind === 'and' || filter.kind === 'or') return null
  if (filter.kind !== 'not') return describeCondition(filter)
  if (filter.part.kind === 'and' || filter.part.kind === 'or' || filter.part.kind === 'not') return null
  const inner = describeCondition(filter.part)
  // Two negations in words would be a riddle.
  if (inner.words.includes('not')) return null
  return { ...inner, words: /\bis\b/.test(inner.words) ? inner.words.replace(/\bis\b/, 'is not') : `not ${inner.words}` }
}

function describeCondition(condition: Condition): Described {
  const { operand } = condition
  const isTime = comparableOf(operand) === 'time'
  const named = {
    label: operand.kind === 'attribute' ? attributeTitle(operand.key) : operand.key,
    mono: operand.kind !== 'attribute',
  }
  const aggregate = operand.kind === 'metric' && operand.aggregate !== 'last' ? `${operand.aggregate} ` : ''
  const not = 'negated' in condition && condition.negated ? 'not ' : ''
  switch (condition.kind) {
    case 'compare':
      return {
        ...named,
        words: aggregate + (isTime ? timeComparisons : comparisons)[condition.operator],
        value: valueText(condition.value, operand),
      }
    case 'in':
      return {
        ...named,
        words: `${aggregate}is ${not}one of`,
        value: condition.values.map(value => valueText(value, operand)).join(', '),
      }
    case 'between':
      return {
        ...named,
        words: `${aggregate}${not}between`,
        value: `${valueText(condition.low, operand)} and ${valueText(condition.high, operand)}`,
      }
    case 'pattern':
      return {
        ...named,
        words: `${not}${condition.operator === 'ilike' ? 'like, any case,' : condition.operator}`,
        value: condition.pattern.value,
      }
    case 'null':
      return { ...named, words: `${aggregate}is ${not}missing`, value: '' }
  }
}

function valueText(literal: Literal, operand: Operand): string {
  switch (literal.type) {
    case 'number':
      return String(literal.value).replace('-', '−')
    case 'text':
      return comparableOf(operand) === 'status' ? literal.value.toLowerCase() : literal.value
    case 'time':
      return formatDate(literal.ms)
    case 'duration':
      return shortDuration(literal.ms)
    case 'now':
      return literal.offset === 0 ? 'now' : `${shortDuration(Math.abs(literal.offset))} ${literal.offset < 0 ? 'ago' : 'from now'}`
  }
}

/** `10 min` for `10 min 00 s`: somebody typed a round length. */
function shortDuration(milliseconds: number): string {
  return formatDuration(milliseconds)
    .replace(/ 00 (s|min|h)$/, '')
    .replace(/\.0 s$/, ' s')
}

function spanOf(filter: Filter): Span | null {
  if (filter.kind === 'not') return spanOf(filter.part)
  if (filter.kind !== 'and' && filter.kind !== 'or') return filter.at ?? null
  const spans = filter.parts.map(spanOf).filter(span => span !== null)
  if (spans.length === 0) return null
  return { start: Math.min(...spans.map(span => span.start)), end: Math.max(...spans.map(span => span.end)) }
}
