import type { Condition, Filter, Literal } from '#contract/filter/ast.ts'

/** Does the filter look at the clock, so that it may let other runs through a moment later? */
export function usesNow(filter: Filter): boolean {
  if (filter.kind === 'not') return usesNow(filter.part)
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.some(usesNow)
  return literalsOf(filter).some(literal => literal.type === 'now')
}

function literalsOf(condition: Condition): readonly Literal[] {
  switch (condition.kind) {
    case 'compare':
      return [condition.value]
    case 'between':
      return [condition.low, condition.high]
    case 'in':
      return condition.values
    case 'null':
    case 'pattern':
      return []
  }
}
