import { attributes, type Attribute } from '#contract/operand.ts'
import type { Project } from '#contract/source.ts'
import { metricDirection } from '#domain/metric-direction.ts'
import { formatPlural } from '#lib/format.ts'
import type { DataColumn } from '#ui/data-table/data-column.ts'

import { cellRenderer, metricTitle, renderName } from './cells.tsx'
import type { ColumnInfo, ColumnInfos, RunTableRow } from './run-rows.ts'
import type { ShownColumn } from './shown-columns.ts'

export const nameColumn = 'run_name'

const attributeTitles: Record<Attribute, string> = {
  run_name: 'Name',
  run_id: 'Run id',
  status: 'Status',
  start_time: 'Started',
  end_time: 'Ended',
  duration: 'Duration',
  user_id: 'User',
  host: 'Host',
  git_commit: 'Commit',
  source: 'Source',
  kind: 'Kind',
  parent: 'Parent',
  points: 'Points',
  'datasets.name': 'Dataset',
  'datasets.digest': 'Dataset digest',
  'datasets.context': 'Dataset context',
}

/** Name of an attribute as the table writes it. */
export function attributeTitle(attribute: Attribute): string {
  return attributeTitles[attribute]
}

/** Which way a metric is better: the project's own word, else what its name says. */
function direction(key: string, primary: Project['primaryMetric']) {
  if (primary?.key === key) return primary.greaterIsBetter ? 'higher' : 'lower'
  return metricDirection(key)
}

/** The two lines of a column's head. */
function headLines({ operand }: ShownColumn, primary: Project['primaryMetric']): { title: string; note: string; mono: boolean } {
  if (operand.kind === 'attribute') return { title: attributeTitles[operand.key], note: '', mono: false }
  if (operand.kind !== 'metric') return { title: operand.key, note: operand.kind, mono: true }
  const better = operand.aggregate === 'count' ? null : direction(operand.key, primary)
  return { title: operand.key, note: operand.aggregate + (better ? `, ${better} is better` : ''), mono: true }
}

/** Widths of characters in px: mono keys at 12 × 0.94, notes at 11, tabular digits at 12. */
const keyWidth = 6.8
const noteWidth = 5.1
const digitWidth = 7.5
const padding = 20
const heatPadding = 12
const widest = 260
/** Of params, whatever their values turn out to be: a width that followed the data would move the columns after them. */
const paramWidth = 96

const attributeWidths: Partial<Record<Attribute, number>> = {
  run_id: 150,
  status: 100,
  start_time: 132,
  end_time: 132,
  duration: 104,
  user_id: 110,
  git_commit: 110,
  points: 84,
}

/** Width in px that shows every number of a column whole and its head where it is not very long. The same before data come, nearly always. */
function columnWidth(
  { operand }: ShownColumn,
  head: { title: string; note: string },
  numeric: boolean,
  info: ColumnInfo | undefined,
): number {
  const headWidth = Math.min(widest, Math.max(head.title.length * keyWidth, head.note.length * noteWidth + 26) + padding)
  if (operand.kind === 'attribute') return attributeWidths[operand.key] ?? 130
  if (operand.kind !== 'metric') return Math.max(headWidth, paramWidth)
  const valueLength = Math.max(6, info?.valueLength ?? 6)
  const stepLength = info ? info.stepLength : 5
  return Math.ceil(Math.max(headWidth, padding + heatPadding + valueLength * digitWidth + (stepLength > 0 ? (stepLength + 2) * 6.9 : 0)))
}

/** Whether values of a column are numbers, also before the first of them is here: then by what the keys said. */
function isNumeric({ id, operand }: ShownColumn, info: ColumnInfo | undefined, numericKeys: ReadonlySet<string>): boolean {
  if (operand.kind === 'metric') return true
  if (operand.kind === 'attribute') return !['text', 'status'].includes(attributes[operand.key])
  return info ? info.numeric : numericKeys.has(id)
}

interface TableFacts {
  infos: ColumnInfos
  /** Operands whose values are all numbers, as far as the keys said so. */
  numericKeys: ReadonlySet<string>
  primary: Project['primaryMetric']
  /** Runs of the project, null until known. */
  all: number | null
}

/** The table's columns with how their cells are drawn; the name comes first and is pinned. */
export function tableColumns(shown: readonly ShownColumn[], facts: TableFacts): DataColumn<RunTableRow>[] {
  const { all } = facts
  const name: DataColumn<RunTableRow> = {
    id: nameColumn,
    title: 'Name',
    note: all === null ? '' : formatPlural(all, 'run'),
    label: 'Name',
    mono: false,
    align: 'start',
    code: false,
    size: 244,
    minSize: 120,
    sortable: true,
    descendingFirst: false,
    render: renderName,
    titleOf: ({ run }) => run.name,
  }
  return [name, ...shown.filter(column => column.id !== nameColumn).map(column => tableColumn(column, facts))]
}

interface MadeColumn {
  info: ColumnInfo | undefined
  numeric: boolean
  primary: Project['primaryMetric']
  column: DataColumn<RunTableRow>
}

/** Of thousands of columns, a page that comes changes what is known of a few. */
const made = new WeakMap<ShownColumn, MadeColumn>()

function tableColumn(shown: ShownColumn, { infos, numericKeys, primary }: TableFacts): DataColumn<RunTableRow> {
  const info = infos.get(shown.id)
  const numeric = isNumeric(shown, info, numericKeys)
  const before = made.get(shown)
  if (before && before.info === info && before.numeric === numeric && before.primary === primary) return before.column
  const column = makeColumn(shown, info, numeric, primary)
  made.set(shown, { info, numeric, primary, column })
  return column
}

function makeColumn(
  shown: ShownColumn,
  info: ColumnInfo | undefined,
  numeric: boolean,
  primary: Project['primaryMetric'],
): DataColumn<RunTableRow> {
  const { operand } = shown
  const head = headLines(shown, primary)
  const titleOf = metricTitle(shown)
  return {
    ...head,
    id: shown.id,
    label: head.note === '' ? head.title : `${head.title}, ${head.note}`,
    align: numeric ? 'end' : 'start',
    code: operand.kind !== 'attribute' || operand.key === 'git_commit' || operand.key === 'run_id',
    size: columnWidth(shown, head, numeric, info),
    minSize: 56,
    sortable: true,
    descendingFirst:
      operand.kind === 'metric'
        ? direction(operand.key, primary) !== 'lower'
        : operand.kind === 'attribute' && attributes[operand.key] === 'time',
    render: cellRenderer(shown, info),
    ...(titleOf && { titleOf }),
  }
}
