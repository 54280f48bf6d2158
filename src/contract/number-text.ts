const wholeNumber = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/

/**
 * Returns the number that a text wholly is, as Python or JSON would write it, or undefined. The words `nan` and `inf` are texts:
 * as values of params they nearly always say that there is none. So is what no float64 can hold: `1e99999` may well be a hash.
 */
export function numberOfText(text: string): number | undefined {
  const number = wholeNumber.test(text) ? Number(text) : undefined
  return Number.isFinite(number) ? number : undefined
}
