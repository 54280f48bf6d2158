/** The texts of a URL's query; what is absent has its default. */
export type SearchTexts = Record<string, string>

/** Reads a query string; of a name that stands twice the last one counts, and empty values are left out. */
export function parseSearch(search: string): SearchTexts {
  // Any name may be in an address, `__proto__` too.
  return Object.fromEntries([...new URLSearchParams(search)].filter(([, value]) => value !== ''))
}

/**
 * Writes a query string, `?` included, or nothing when no value is set. Everything that is not a text is left out.
 * Slashes, commas, colons and equals signs stay readable; quotes and brackets are escaped, since mail and chat programs end a link there.
 */
export function stringifySearch(search: object): string {
  const pairs = Object.entries(search)
    .filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '')
    .map(([name, value]) => `${encode(name).replaceAll('=', '%3D')}=${encode(value)}`)
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll(/%(2F|3A|2C|3D)/g, escape => decodeURIComponent(escape))
    .replaceAll(/[!'()*~]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}

/** A validator for a route's search that keeps the named texts and drops the rest. */
export function textParams<const Name extends string>(...names: Name[]): (search: Record<string, unknown>) => { [Key in Name]?: string } {
  return search => {
    const kept: { [Key in Name]?: string } = {}
    for (const name of names) {
      const value = search[name]
      if (typeof value === 'string' && value !== '') kept[name] = value
    }
    return kept
  }
}
