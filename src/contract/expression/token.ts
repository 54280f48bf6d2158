import { scan, type Lexis, type Token } from '#contract/scan.ts'

const lexis: Lexis = {
  quotes: '`',
  /** All that begins with a digit, faults such as `1.2.3` and `2x` too. */
  number: /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[\p{L}\p{N}\p{M}_.]*/iuy,
  word: /[\p{L}_][\p{L}\p{N}\p{M}_.]*/uy,
  /** Signs of other languages are whole tokens too, so that an error can name them. */
  sign: /\*\*|[<>!=]=?|&&|\|\||./suy,
}

/** Tokens of an expression. Unlike in a filter, `/` and `-` divide names. */
export function tokenizeExpression(text: string): Token[] {
  return scan(text, lexis)
}
