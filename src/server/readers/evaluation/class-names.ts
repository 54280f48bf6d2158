const collator = new Intl.Collator('en', { numeric: true })

/** Names of classes in the order that people give them: numbers inside names by their value. */
export function sortedNames(names: Iterable<string>): string[] {
  return [...names].toSorted(collator.compare)
}

/** Name of the class that a value stands for; null where there is none. A column of floats writes class 1 as `1.0`, another column as `1`. */
export function className(value: unknown): string | null {
  if (value === null || value === undefined || value === '' || (typeof value === 'number' && Number.isNaN(value))) return null
  const name = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : JSON.stringify(value)
  if (/^-?\d+\.0+$/.test(name)) return name.slice(0, name.indexOf('.'))
  return name === 'True' || name === 'False' ? name.toLowerCase() : name
}
