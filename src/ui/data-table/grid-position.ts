/** A cell of a grid. Row −1 is the head; column 0 holds the checkboxes, column 1 is pinned, the others follow. */
export interface GridPosition {
  row: number
  column: number
}

interface GridSize {
  rows: number
  /** All columns, checkboxes and the pinned one included. */
  columns: number
  /** Rows that one page of scrolling moves by. */
  page: number
}

interface PressedKey {
  key: string
  ctrlKey: boolean
  metaKey: boolean
}

/** Where a key leads from a cell, by the rules of the ARIA grid pattern; null for keys that do not move. */
export function nextPosition(from: GridPosition, { key, ctrlKey, metaKey }: PressedKey, size: GridSize): GridPosition | null {
  const ends = ctrlKey || metaKey
  const to = (row: number, column: number): GridPosition => ({
    row: Math.max(-1, Math.min(size.rows - 1, row)),
    column: Math.max(0, Math.min(size.columns - 1, column)),
  })
  switch (key) {
    case 'ArrowUp':
      return ends ? to(Math.min(from.row, 0), from.column) : to(from.row - 1, from.column)
    case 'ArrowDown':
      return ends ? to(size.rows - 1, from.column) : to(from.row + 1, from.column)
    case 'ArrowLeft':
      return ends ? to(from.row, 0) : to(from.row, from.column - 1)
    case 'ArrowRight':
      return ends ? to(from.row, size.columns - 1) : to(from.row, from.column + 1)
    case 'Home':
      return ends ? to(0, 0) : to(from.row, 0)
    case 'End':
      return ends ? to(size.rows - 1, size.columns - 1) : to(from.row, size.columns - 1)
    case 'PageUp':
      return to(Math.max(Math.min(from.row, 0), from.row - size.page), from.column)
    case 'PageDown':
      return to(from.row + size.page, from.column)
    default:
      return null
  }
}

interface Span {
  start: number
  size: number
}

/** Offset to scroll to so that a span is in view and not below the covered edges; the present offset when it is already. */
export function revealOffset(span: Span, view: { offset: number; size: number; coveredStart: number; coveredEnd: number }): number {
  const first = view.offset + view.coveredStart
  const last = view.offset + view.size - view.coveredEnd
  if (span.start < first || span.size > last - first) return Math.max(0, span.start - view.coveredStart)
  if (span.start + span.size > last) return span.start + span.size - view.size + view.coveredEnd
  return view.offset
}
