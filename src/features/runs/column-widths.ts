import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface ColumnWidths {
  /** Widths in px that the user dragged columns to, by operand. */
  widths: Record<string, number>
}

/** Column widths, kept in this browser: how wide somebody likes a column is no part of a shared view. */
export const useColumnWidths = create<ColumnWidths>()(
  persist((): ColumnWidths => ({ widths: {} }), { name: 'readout.column-widths', version: 1 }),
)

export function setColumnWidths(widths: Record<string, number>): void {
  useColumnWidths.setState({ widths })
}

/** Gives a column the width that its content asks for again. */
export function resetColumnWidth(id: string): void {
  useColumnWidths.setState(({ widths }) => ({ widths: Object.fromEntries(Object.entries(widths).filter(([key]) => key !== id)) }))
}
