import type { Operand } from '#contract/operand.ts'

/** UTF-16 offsets into the text that was parsed, half-open. Not part of a filter's meaning: printing ignores them. */
export interface Span {
  start: number
  end: number
}

/** A value that stands in a filter. Times and durations in milliseconds; `now` is taken when the filter is evaluated. */
export type Literal = (
  | { type: 'number'; value: number }
  | { type: 'text'; value: string }
  | { type: 'time'; ms: number }
  | { type: 'now'; offset: number }
  | { type: 'duration'; ms: number }
) & { at?: Span }
export type TextLiteral = Extract<Literal, { type: 'text' }>

export const comparators = ['=', '!=', '<', '<=', '>', '>='] as const
export type Comparator = (typeof comparators)[number]
export const patternOperators = ['like', 'ilike', 'matches'] as const
export type PatternOperator = (typeof patternOperators)[number]

/** `negated` stands in the condition itself, as in `not in`: false for a run without the key, where `not …` around it is true. */
export type Condition = { operand: Operand; at?: Span } & (
  | { kind: 'compare'; operator: Comparator; value: Literal }
  | { kind: 'in'; negated: boolean; values: Literal[] }
  | { kind: 'between'; negated: boolean; low: Literal; high: Literal }
  | { kind: 'pattern'; negated: boolean; operator: PatternOperator; pattern: TextLiteral }
  | { kind: 'null'; negated: boolean }
)

/** `parts` holds two or more, none of the same kind as the node itself. */
export type Filter = { kind: 'and'; parts: Filter[] } | { kind: 'or'; parts: Filter[] } | { kind: 'not'; part: Filter } | Condition
