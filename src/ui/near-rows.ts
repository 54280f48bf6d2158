/** Columns of at least `min` px, with `gap` px between them, that fit into `width` px: one at least. */
export function columnsIn(width: number, min: number, gap: number): number {
  return Math.max(1, Math.floor((width + gap) / (min + gap)))
}

interface Rows {
  /** Distance of the first row from the top of the view, in px; negative once it is scrolled past. */
  top: number
  rows: number
  /** From the top of a row to the top of the next, in px. */
  pitch: number
  /** How far outside of the view a row still counts as near, in px. */
  margin: number
  /** Height of the view, in px. */
  view: number
}

/** The rows in view or near it, both ends included; none if `last < first`. */
export function rowsNear({ top, rows, pitch, margin, view }: Rows): { first: number; last: number } {
  const first = Math.max(0, Math.floor((-margin - top) / pitch))
  const last = Math.min(rows - 1, Math.floor((view + margin - top) / pitch))
  return { first, last }
}
