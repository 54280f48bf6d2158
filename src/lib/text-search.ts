export interface TextSearch {
  matches: (text: string) => boolean
  /** Why the regular expression cannot be used; null when all is well. */
  error: string | null
}

/**
 * A test for texts: `/…/` is a regular expression, anything else are words that all occur, in any order and case. A faulty expression
 * matches everything and says why.
 */
export function textSearch(query: string): TextSearch {
  const pattern = /^\/(.+)\/$/.exec(query.trim())?.[1]
  if (pattern !== undefined) {
    try {
      const expression = new RegExp(pattern, 'iu')
      return { matches: text => expression.test(text), error: null }
    } catch (error) {
      return { matches: () => true, error: error instanceof Error ? error.message : String(error) }
    }
  }
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return { matches: text => words.every(word => text.toLowerCase().includes(word)), error: null }
}
