import type { FilterError } from '#contract/filter/error.ts'
import { nearest } from '#contract/nearest.ts'
import type { Token } from '#contract/scan.ts'

import { functions, operators, referencesOf, type Expression, type FunctionName, type Operator, type Reference } from './ast.ts'
import { referencePrefix } from './print.ts'
import { tokenizeExpression } from './token.ts'

export const maxExpressionLength = 2_000
const deepest = 100
/** Metrics and params of one expression: each is read with all its points. */
const mostReferences = 32
const longestShown = 40

export type ParsedExpression = { ok: true; expression: Expression } | { ok: false; error: FilterError }

/** Names of other languages, by what they are called here. */
const foreignNames = new Map<string, FunctionName>([
  ['ln', 'log'],
  ['lg', 'log10'],
  ['power', 'pow'],
  ['absolute', 'abs'],
  ['fabs', 'abs'],
  ['minimum', 'min'],
  ['maximum', 'max'],
  ['diff', 'delta'],
])
const foreignOperators = new Map([
  ['**', '^'],
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
])
const quotes = new Set(["'", '"', '’', '“'])

class ExpressionFault extends Error {
  readonly detail: FilterError

  constructor(detail: FilterError) {
    super(detail.message)
    this.detail = detail
  }
}

/**
 * Reads an expression over the metrics of a run: numbers, metrics by name (in backticks where the name is not a word of letters, digits,
 * `_` and `.`), `params.x`, `+ - * / ^`, parentheses and functions. `^` binds closest and to the right, then the minus before a part, then
 * `* /`, then `+ -`. At most 2,000 characters and 100 levels.
 */
export function parseExpression(text: string): ParsedExpression {
  try {
    return { ok: true, expression: new Parser(text).whole() }
  } catch (fault) {
    if (fault instanceof ExpressionFault) return { ok: false, error: fault.detail }
    throw fault
  }
}

export function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(functions, name)
}

class Parser {
  readonly #tokens: Token[]
  #index = 0

  constructor(text: string) {
    if (text.length > maxExpressionLength) {
      const [most, has] = [maxExpressionLength, text.length].map(count => count.toLocaleString('en-US'))
      throw new ExpressionFault({
        message: `An expression has at most ${most} characters, and this one has ${has}.`,
        start: maxExpressionLength,
        end: text.length,
      })
    }
    this.#tokens = tokenizeExpression(text)
  }

  whole(): Expression {
    if (this.#atEnd) this.#fail('Expected an expression, such as log(loss).', { expected: 'a metric' })
    const expression = this.#sum(0)
    if (!this.#atEnd) this.#refuseRest('the end')
    const references = referencesOf(expression)
    if (!references.some(({ kind }) => kind === 'metric')) {
      const end = this.#previous?.end ?? 0
      throw new ExpressionFault({ message: 'An expression has a metric in it.', start: 0, end, expected: 'a metric' })
    }
    const beyond = references[mostReferences]
    if (beyond) {
      const message = `An expression has at most ${mostReferences} metrics and params, and this one has ${references.length}.`
      throw new ExpressionFault({ message, start: beyond.at?.start ?? 0, end: beyond.at?.end ?? 0 })
    }
    return expression
  }

  get #token(): Token {
    return this.#tokens[this.#index]!
  }

  get #atEnd(): boolean {
    return this.#token.kind === 'end'
  }

  get #previous(): Token | undefined {
    return this.#tokens[this.#index - 1]
  }

  #take(): Token {
    const token = this.#token
    if (token.kind !== 'end') this.#index += 1
    return token
  }

  #takeSign(...signs: readonly string[]): string | undefined {
    const { kind, text } = this.#token
    if (kind !== 'sign' || !signs.includes(text)) return undefined
    this.#take()
    return text
  }

  #sum(depth: number): Expression {
    return this.#chain(['+', '-'], () => this.#chain(['*', '/'], () => this.#minus(depth)))
  }

  #chain(signs: readonly Operator[], part: () => Expression): Expression {
    let left = part()
    while (true) {
      const operator = this.#takeSign(...signs) as Operator | undefined
      if (operator === undefined) return left
      left = { kind: 'binary', operator, left, right: part() }
    }
  }

  #minus(depth: number): Expression {
    this.#checkDepth(depth)
    return this.#takeSign('-') === undefined ? this.#power(depth) : { kind: 'minus', part: this.#minus(depth + 1) }
  }

  #power(depth: number): Expression {
    const left = this.#part(depth)
    if (this.#takeSign('^') === undefined) return left
    return { kind: 'binary', operator: '^', left, right: this.#minus(depth + 1) }
  }

  #part(depth: number): Expression {
    const token = this.#token
    switch (token.kind) {
      case 'number':
        return this.#number(this.#take())
      case 'quoted':
        return this.#metric(token, this.#key(), token.start)
      case 'word':
        return this.#name(this.#take(), depth)
      case 'sign':
        if (this.#takeSign('(') === undefined) return this.#refusePart()
        return this.#closed(token, this.#sum(depth + 1))
      case 'end':
        return this.#refusePart()
    }
  }

  #number({ text, start, end }: Token): Expression {
    const value = Number(text)
    if (!/^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) {
      const message = `${shown(text)} is no number; a name that begins with a digit stands in backticks.`
      throw new ExpressionFault({ message, start, end, expected: 'a number', nearest: `\`${text}\`` })
    }
    if (!Number.isFinite(value)) throw new ExpressionFault({ message: `${shown(text)} is too great for a number.`, start, end })
    return { kind: 'number', value }
  }

  /** A metric, a param or a call: which one, the text behind the name tells. */
  #name(token: Token, depth: number): Expression {
    if (this.#token.text === '(') return this.#call(token, depth)
    const prefix = referencePrefix.exec(token.text)
    if (!prefix) return this.#metric(token, token.text, token.start)
    const kind = prefix[1] === 'params' ? 'param' : 'metric'
    let key = token.text.slice(prefix[0].length)
    if (key === '') {
      if (this.#token.kind !== 'quoted' || this.#token.start !== token.end) {
        this.#fail(`Expected the name of a ${kind} after ${token.text}`, { at: token.end, expected: `the name of a ${kind}` })
      }
      key = this.#key()
    }
    return { kind, key, at: { start: token.start, end: this.#previous!.end } }
  }

  #metric({ end }: Token, key: string, start: number): Reference {
    return { kind: 'metric', key, at: { start, end } }
  }

  #key(): string {
    const { closed, content, start, end } = this.#take()
    if (!closed) throw new ExpressionFault({ message: 'The ` is not closed.', start, end, expected: '`' })
    if (content === '') throw new ExpressionFault({ message: 'A name has at least one character.', start, end, expected: 'a name' })
    return content
  }

  #call(token: Token, depth: number): Expression {
    const { text: name, start, end } = token
    if (!isFunction(name)) {
      const near = foreignNames.get(name.toLowerCase()) ?? nearest(name, Object.keys(functions))
      throw new ExpressionFault({
        message: `There is no function ${shown(name)}.`,
        start,
        end,
        expected: Object.keys(functions).join(', '),
        ...(near !== undefined && { nearest: near }),
      })
    }
    const open = this.#take()
    const parts: Expression[] = []
    if (this.#token.text !== ')') {
      do parts.push(this.#sum(depth + 1))
      while (this.#takeSign(',') !== undefined)
    }
    const call = this.#closed(open, { kind: 'call', name, parts })
    const { least, most } = functions[name]
    if (parts.length >= least && parts.length <= most) return call
    const takes = most === Infinity ? `${least} or more values` : least === 1 ? '1 value' : `${least} values`
    const why = most === Infinity ? ', which it compares point by point' : ''
    const message = `${name} takes ${takes}${why}, and here ${parts.length === 1 ? 'is 1' : `are ${parts.length}`}.`
    throw new ExpressionFault({ message, start, end: this.#previous?.end ?? end, expected: takes })
  }

  #closed<Inner extends Expression>({ start, end }: Token, inner: Inner): Inner {
    if (this.#takeSign(')') !== undefined) return inner
    if (!this.#atEnd) this.#refuseRest(')')
    throw new ExpressionFault({ message: 'This ( is not closed.', start, end, expected: ')' })
  }

  #checkDepth(depth: number): void {
    if (depth > deepest) this.#fail(`Parts of an expression nest at most ${deepest} deep.`, {})
  }

  #refusePart(): never {
    const { text } = this.#token
    const after = this.#previous === undefined ? '' : ` after ${shown(this.#previous.text)}`
    if (quotes.has(text)) this.#fail(`Expected a metric${after}; its name stands in backticks.`, { expected: 'a metric', near: '`' })
    this.#fail(`Expected a metric, a number or (${after}.`, { expected: 'a metric, a number, (', near: foreignOperators.get(text) })
  }

  #refuseRest(close: string): never {
    const { text } = this.#token
    if (text === ')') this.#fail('This ) closes nothing.', { expected: operators.join(', ') })
    const after = shown(this.#previous?.text ?? '')
    const expected = [...operators, close].join(', ')
    this.#fail(`Expected + - * / ^ or ${close} after ${after}.`, { expected, near: foreignOperators.get(text) })
  }

  #fail(message: string, { at, expected, near }: { at?: number; expected?: string; near?: string | undefined }): never {
    const token = this.#token
    const atEnd = this.#atEnd
    const end = this.#previous?.end ?? 0
    throw new ExpressionFault({
      message,
      start: at ?? (atEnd ? end : token.start),
      end: at ?? (atEnd ? end : token.end),
      ...(expected !== undefined && { expected }),
      ...(near !== undefined && { nearest: near }),
    })
  }
}

/** A piece of the text as a message shows it: on one line, the end cut off where it is long. */
function shown(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > longestShown ? `${line.slice(0, longestShown - 1).toWellFormed()}…` : line
}
