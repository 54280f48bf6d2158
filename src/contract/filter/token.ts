import { scan, type Lexis, type Token } from '#contract/scan.ts'

const lexis: Lexis = {
  quotes: '\'"`',
  /** All that starts with a digit: `1e-4`, `7d`, and faults such as `1.2.3`. */
  number: /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[\p{L}\p{N}\p{M}_./]*/iuy,
  word: /[\p{L}\p{N}\p{M}_./]+/uy,
  /** Signs of other languages are whole tokens too, so that an error can name them. */
  sign: /<=>|<=|>=|!=|<>|==|=~|!~|&&|\|\||./suy,
}

/** Tokens of a filter. */
export function tokenize(text: string): Token[] {
  return scan(text, lexis)
}
