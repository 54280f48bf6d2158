export interface ListSort {
  id: string
  descending: boolean
}

/** What a row is sorted by; null and NaN stand last whichever way the rows are sorted. */
export type SortValue = number | string | null

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function isMissing(value: SortValue): boolean {
  return value === null || Number.isNaN(value)
}

function compareValues(a: SortValue, b: SortValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'number') return -1
  return typeof b === 'number' ? 1 : collator.compare(String(a), String(b))
}

/** The rows in order of a value: numbers before texts, numbers inside texts by size, missing values last, equal ones as they came. */
export function sortRows<Row>(rows: readonly Row[], valueOf: (row: Row) => SortValue, descending: boolean): Row[] {
  const sign = descending ? -1 : 1
  return rows
    .map(row => ({ row, value: valueOf(row) }))
    .sort(
      (a, b) =>
        Number(isMissing(a.value)) - Number(isMissing(b.value)) || (isMissing(a.value) ? 0 : sign * compareValues(a.value, b.value)),
    )
    .map(({ row }) => row)
}

/** The sort after a press on a column's head: first one way, then the other, then as the rows came. */
export function nextSort(sort: ListSort | null, id: string, descendingFirst: boolean): ListSort | null {
  if (sort?.id !== id) return { id, descending: descendingFirst }
  return sort.descending === descendingFirst ? { id, descending: !descendingFirst } : null
}
