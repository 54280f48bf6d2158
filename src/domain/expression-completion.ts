import { functions, type FunctionName } from '#contract/expression/ast.ts'
import { printReference } from '#contract/expression/print.ts'
import { tokenizeExpression } from '#contract/expression/token.ts'

import type { CompletionItem } from './completion-menu.tsx'
import { keysWith, type Keys } from './metric-keys.ts'

/** Lines of the menu: more are found by typing. */
const mostItems = 60

export interface ExpressionCompletion {
  /** The range that a choice takes the place of. */
  start: number
  end: number
  /** What was typed of it. */
  typed: string
  items: CompletionItem[]
}

/** What fits at the caret of an expression, a name or a function; null where a sign is expected. */
export function completeExpression(text: string, caret: number, keys: Keys): ExpressionCompletion | null {
  const tokens = tokenizeExpression(text)
  const index = tokens.findIndex(token => token.start < caret && caret <= token.end)
  const token = tokens[index]
  if (token?.kind === 'number') return null
  const isWord = token !== undefined && (token.kind === 'word' || token.kind === 'quoted')
  const before = isWord ? tokens[index - 1] : tokens.findLast(({ kind, end }) => kind !== 'end' && end <= caret)
  // `params.` and a key in backticks are one name.
  const isJoined = token?.kind === 'quoted' && before?.end === token.start && before.text.endsWith('.')
  if (before && !isJoined && (before.kind !== 'sign' || before.text === ')')) return null
  const start = isJoined ? before.start : isWord ? token.start : caret
  const end = isWord ? (token.closed ? token.end : caret) : caret
  // A key with signs in it, `val/loss`, is typed before it is known to need backticks.
  const chunk = /[^\s()+*^,`]*$/.exec(text.slice(0, caret))?.[0] ?? ''
  if (chunk.length > caret - start && /\W/.test(chunk)) {
    const whole = keysWith(keys.metrics, chunk).map(key => keyItem('metric', key, chunk))
    if (whole.length > 0) return { start: caret - chunk.length, end, typed: chunk, items: whole.slice(0, mostItems) }
  }
  const typed = text.slice(start, caret)
  return { start, end, typed, items: itemsFor(typed, keys).slice(0, mostItems) }
}

function itemsFor(typed: string, keys: Keys): CompletionItem[] {
  const [, param, name = ''] = /^(params\.)?(?:metrics\.)?`?(.*)$/s.exec(typed) ?? []
  const params = keysWith(keys.params, name).map(key => keyItem('param', key, name))
  if (param !== undefined) return params
  const called = (Object.keys(functions) as FunctionName[]).filter(word => !typed.startsWith('`') && word.startsWith(typed.toLowerCase()))
  const metrics = keysWith(keys.metrics, name).map(key => keyItem('metric', key, name))
  return [...metrics, ...called.map(word => functionItem(word, typed)), ...params]
}

function keyItem(kind: 'metric' | 'param', key: string, typed: string): CompletionItem {
  const text = printReference({ kind, key })
  const at = typed === '' ? -1 : text.toLowerCase().indexOf(typed.toLowerCase())
  return {
    id: `${kind} ${key}`,
    icon: kind,
    text,
    match: at < 0 ? null : { start: at, end: at + typed.length },
    note: kind,
    insert: text,
    operand: null,
  }
}

function functionItem(word: FunctionName, typed: string): CompletionItem {
  const match = typed === '' ? null : { start: 0, end: typed.length }
  return { id: `function ${word}`, icon: 'word', text: `${word}()`, match, note: functions[word].note, insert: `${word}(`, operand: null }
}
