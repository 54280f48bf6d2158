/** Sizes of the table of facts, in px. */
export const rowHeight = 28
export const headHeight = 32
export const cellWidth = 180
export const nameWidth = 140
/** The names of the facts and the baseline, which stay in sight. */
export const pinnedWidth = nameWidth + cellWidth
