import type { Completion } from '#contract/filter/complete.ts'
import { comparableOf } from '#contract/filter/names.ts'
import { quoteText } from '#contract/filter/quote.ts'
import type { KeyEntry, ValuesPage } from '#contract/runs-page.ts'
import type { CompletionItem } from '#domain/completion-menu.tsx'
import { formatCount, formatPlural } from '#lib/format.ts'

const plainNumber = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

function matchIn(text: string, typed: string): CompletionItem['match'] {
  const start = typed === '' ? -1 : text.toLowerCase().indexOf(typed.toLowerCase())
  return start < 0 ? null : { start, end: start + typed.length }
}

function keyItem(entry: KeyEntry, typed: string, inFunction: boolean): CompletionItem {
  const { kind, key, operand, runs, numeric } = entry
  const type = kind === 'metric' || kind === 'tag' ? kind : kind === 'attribute' ? 'field' : numeric ? 'number' : 'text'
  return {
    id: operand,
    icon: kind,
    text: operand,
    match: matchIn(operand, typed),
    note: kind === 'attribute' ? 'field' : `${type} · ${formatCount(runs)}${type === 'text' ? (runs === 1 ? ' run' : ' runs') : ''}`,
    insert: inFunction ? operand : `${operand} `,
    operand: kind === 'metric' || key === 'run_id' || key === 'start_time' || key === 'end_time' || key === 'duration' ? null : operand,
  }
}

function wordItem(word: string, typed: string): CompletionItem {
  return {
    id: `word ${word}`,
    icon: 'word',
    text: word,
    match: matchIn(word, typed),
    note: '',
    insert: word === '(' ? word : `${word} `,
    operand: null,
  }
}

/** Lines for keys, in the order of the server, with the words of the language that fit behind them. */
export function keyItems(completion: Completion, keys: readonly KeyEntry[], before: string): CompletionItem[] {
  const inFunction = /\(\s*$/.test(before) && completion.kinds.length === 1
  const fitting = keys.filter(key => completion.kinds.includes(key.kind))
  return [...fitting.map(key => keyItem(key, completion.typed, inFunction)), ...wordItems(completion)]
}

/** Lines for the words of the language that begin as what was typed; the signs all fit while nothing was. */
export function wordItems({ words, typed }: Completion): CompletionItem[] {
  return words.filter(word => word.toLowerCase().startsWith(typed.toLowerCase())).map(word => wordItem(word, typed))
}

/** Lines for the values seen, written as the language wants them, and the words that fit as a value. */
export function valueItems(completion: Completion, values: ValuesPage['values']): CompletionItem[] {
  const { operand, typed, words } = completion
  const asNumber = operand !== null && comparableOf(operand) !== 'status'
  const seen = values.map(({ value, runs }): CompletionItem => {
    const text = asNumber && plainNumber.test(value) ? value : quoteText(value)
    return {
      id: `value ${value}`,
      icon: 'value',
      text,
      match: matchIn(text, typed),
      note: formatPlural(runs, 'run'),
      insert: `${text} `,
      operand: null,
    }
  })
  const known = new Set(seen.map(item => item.text))
  const rest = words.filter(word => !known.has(word) && word.toLowerCase().includes(typed.toLowerCase()))
  return [...seen, ...rest.map(word => wordItem(word, typed))]
}
