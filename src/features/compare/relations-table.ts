import type { PlotRun } from '#charts/draw/parallel-plot.tsx'
import { csvText } from '#charts/prepare/chart-table.ts'
import type { RelationAxis } from '#charts/prepare/relation-axis.ts'

function textAt(axis: RelationAxis, run: number): string {
  return String((axis.kind === 'number' ? axis.numbers[run] : axis.texts[run]) ?? '')
}

/** What is drawn of the picked runs: a row each, a column an axis. */
export function relationsTable(runs: readonly PlotRun[], axes: readonly RelationAxis[]): { heads: string[]; rows: string[][] } {
  const rows = runs.flatMap(({ name, picked }, run) => (picked ? [[name, ...axes.map(axis => textAt(axis, run))]] : []))
  return { heads: ['run', ...axes.map(({ key }) => key)], rows }
}

/** The same as CSV (RFC 4180); numbers stand as they are. */
export function relationsCsv(runs: readonly PlotRun[], axes: readonly RelationAxis[]): string {
  const { heads, rows } = relationsTable(runs, axes)
  const cell = (text: string, column: number) => (axes[column - 1]?.kind === 'number' ? text : csvText(text))
  return [heads.map(csvText), ...rows.map(row => row.map(cell))].map(row => `${row.join(',')}\r\n`).join('')
}
