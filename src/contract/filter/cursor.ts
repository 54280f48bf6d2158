import type { Operand } from '#contract/operand.ts'
import type { Token } from '#contract/scan.ts'

import type { FilterError } from './error.ts'
import { tokenize } from './token.ts'

export const maxFilterLength = 100_000
const longestShown = 40

/** What the parser was looking for where the text ended: the material of completion. */
export interface Wanted {
  expects: 'key' | 'operator' | 'value' | 'connective'
  /** Of keys: the kinds that fit. */
  kinds: Operand['kind'][]
  /** Of operators and values: what they are for. */
  operand: Operand | null
  /** Words and signs of the language that fit. */
  words: string[]
}

/** Ends a parse. Only thrown inside this folder; the exported functions return the `detail`. */
export class FilterFault extends Error {
  readonly detail: FilterError
  readonly wanted: Wanted | null

  constructor(detail: FilterError, wanted: Wanted | null = null) {
    super(detail.message)
    this.detail = detail
    this.wanted = wanted
  }
}

/** Where a parse stands in its tokens. */
export class Cursor {
  readonly text: string
  readonly tokens: Token[]
  #index = 0

  constructor(text: string) {
    if (text.length > maxFilterLength) {
      throw new FilterFault({
        message: `A filter has at most ${maxFilterLength.toLocaleString('en-US')} characters, and this one has ${text.length.toLocaleString('en-US')}.`,
        start: maxFilterLength,
        end: text.length,
      })
    }
    this.text = text
    this.tokens = tokenize(text)
  }

  get token(): Token {
    return this.peek(0)
  }

  get atEnd(): boolean {
    return this.token.kind === 'end'
  }

  get previous(): Token | undefined {
    return this.tokens[this.#index - 1]
  }

  peek(ahead: number): Token {
    return (this.tokens[this.#index + ahead] ?? this.tokens.at(-1)) as Token
  }

  take(): Token {
    const { token } = this
    if (token.kind === 'quoted' && !token.closed) {
      throw new FilterFault({
        message: `The ${token.text[0]} is not closed.`,
        start: token.start,
        end: token.end,
        expected: token.text[0] ?? '',
      })
    }
    if (token.kind !== 'end') this.#index += 1
    return token
  }

  isSign(sign: string): boolean {
    return this.token.kind === 'sign' && this.token.text === sign
  }

  /** Is the next token this keyword, in whatever case? */
  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'word' && token.text.toLowerCase() === word
  }

  takeSign(sign: string): boolean {
    if (!this.isSign(sign)) return false
    this.take()
    return true
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false
    this.take()
    return true
  }

  /**
   * Throws "Expected … after …." at the next token, or right behind the last one where the text ends; `after` is what stands before,
   * by default the token before. An open quote is named instead, since it hides what follows.
   */
  expected(what: string, wanted: Wanted | null, options: { after?: string; list?: string; nearest?: string | undefined } = {}): never {
    const { token } = this
    if (token.kind === 'quoted' && !token.closed) this.take()
    const { atEnd } = this
    const after = options.after ?? this.previous?.text
    throw new FilterFault(
      {
        message: `Expected ${what}${after === undefined ? '' : ` after ${shown(after)}`}.`,
        start: atEnd ? (this.previous?.end ?? 0) : token.start,
        end: atEnd ? (this.previous?.end ?? 0) : token.end,
        expected: options.list ?? what,
        ...(options.nearest === undefined ? {} : { nearest: options.nearest }),
      },
      atEnd ? wanted : null,
    )
  }
}

/** A piece of the text as a message shows it: on one line, the end cut off where it is long. */
export function shown(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > longestShown ? `${line.slice(0, longestShown - 1).toWellFormed()}…` : line
}
