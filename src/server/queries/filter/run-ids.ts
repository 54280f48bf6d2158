import type { Condition, Filter, Literal } from '#contract/filter/ast.ts'
import type { RunIndex } from '#server/store/run-index.ts'

/** Under the list of ids, which only grows while it is held. */
const foreignIds = new WeakMap<string[], Map<string, string>>()

/**
 * The filter with ids that Readout gave runs, as addresses and selections have them, in place of which stand those that the runs' own
 * format gave, as the column `run_id` has them.
 */
export function withForeignIds(filter: Filter, index: RunIndex): Filter {
  if (filter.kind === 'not') return { kind: 'not', part: withForeignIds(filter.part, index) }
  if (filter.kind === 'and' || filter.kind === 'or')
    return { kind: filter.kind, parts: filter.parts.map(part => withForeignIds(part, index)) }
  const { operand } = filter
  return operand.kind === 'attribute' && operand.key === 'run_id' ? translated(filter, index) : filter
}

function translated(condition: Condition, index: RunIndex): Condition {
  const ids = foreignIds.get(index.ids) ?? new Map<string, string>()
  foreignIds.set(index.ids, ids)
  for (let at = ids.size; at < index.ids.length; at += 1) ids.set(index.ids[at]!, index.foreignIds[at]!)
  const translate = (literal: Literal): Literal =>
    literal.type === 'text' ? { ...literal, value: ids.get(literal.value) ?? literal.value } : literal
  if (condition.kind === 'compare') return { ...condition, value: translate(condition.value) }
  if (condition.kind === 'in') return { ...condition, values: condition.values.map(translate) }
  return condition
}
