const bareKey = /^[\p{L}\p{N}_.]+$/u

/** A text as the filter language writes it: in single quotes, quotes inside doubled, a backslash as it is. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A key of a metric, param or tag as it is printed: bare where it holds only letters, digits, `_` and `.`, else in backticks. */
export function quoteKey(key: string): string {
  return bareKey.test(key) ? key : `\`${key.replaceAll('`', '``')}\``
}
