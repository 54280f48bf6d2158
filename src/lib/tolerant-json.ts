const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/gs

/**
 * What the JSON text says, with the bare `NaN`, `Infinity` and `-Infinity` that Python's `json.dump` writes read as the numbers they mean.
 * Names such as `__proto__` are ordinary own properties, as with `JSON.parse`. Throws a `SyntaxError` for any other fault.
 */
export function parseTolerantJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error
    return parseWithWords(text)
  }
}

/** JSON has no literal that yields NaN, so a string that occurs nowhere else stands in for it while the text is parsed. */
function parseWithWords(text: string): unknown {
  const mark = `NaN ${Math.random().toString(36).slice(2)} ${text.length}`
  const marked = text.replace(tokens, token => {
    if (token === 'NaN') return `"${mark}"`
    if (token === 'Infinity') return '1e999'
    return token === '-Infinity' ? '-1e999' : token
  })
  return JSON.parse(marked, (_key, value: unknown) => (value === mark ? Number.NaN : value))
}
