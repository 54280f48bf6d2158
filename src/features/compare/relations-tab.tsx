import { FileSpreadsheet, Plus, Table } from 'lucide-react'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'

import { ParallelPlot, type PlotRun } from '#charts/draw/parallel-plot.tsx'
import { fileName, saveFile } from '#charts/draw/save-file.ts'
import { useSize } from '#charts/draw/use-size.ts'
import { isBrushed, type Brush } from '#charts/prepare/brush.ts'
import { relationAxis } from '#charts/prepare/relation-axis.ts'
import { formatCount, formatPlural } from '#lib/format.ts'
import { printList } from '#lib/text-list.ts'
import { Button } from '#ui/button.tsx'
import { Popover } from '#ui/popover.tsx'
import { Empty } from '#ui/states.tsx'

import { AxisHead } from './axis-head.tsx'
import type { CompareRow } from './compare-rows.ts'
import type { Compared } from './compared.ts'
import { KeyChecks } from './key-checks.tsx'
import { PanelHead } from './panel-head.tsx'
import { relationsCsv, relationsTable } from './relations-table.ts'
import { chosenAxes, colorsBy, logAxes, parseBrushes, printBrushes, printLog, relationInputs } from './relations.ts'
import { ScatterPanel } from './scatter-panel.tsx'
import type { CompareView } from './use-compare-view.ts'

import parts from './popover-parts.module.css'
import styles from './relations-tab.module.css'

const TableDialog = lazy(async () => ({ default: (await import('#charts/draw/table-dialog.tsx')).TableDialog }))

const mostAxes = 16

/** How params and metrics go together: a line of each run through all axes, and two of them against each other. */
export function RelationsTab({ view, compared, rows }: { view: CompareView; compared: Compared; rows: readonly CompareRow[] }) {
  const { search, change } = view
  const { runs } = compared.comparison
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const [hovered, setHovered] = useState<number | null>(null)
  const [table, setTable] = useState(false)
  const inputs = useMemo(() => relationInputs(compared, rows), [compared, rows])
  const keys = useMemo(() => chosenAxes(search.axes, inputs, compared), [search.axes, inputs, compared])
  const log = useMemo(() => logAxes(search.log, [...inputs.keys()], inputs), [search.log, inputs])
  const brushes = useMemo(() => parseBrushes(search.brush), [search.brush])
  const height = size?.height ?? 300
  const axes = useMemo(
    () => keys.flatMap(key => (inputs.get(key) ? [relationAxis(inputs.get(key) ?? { key, values: [] }, log.has(key), height - 36)] : [])),
    [keys, inputs, log, height],
  )
  const metric = keys.find(key => key.startsWith('metrics.'))
  const isMany = [...compared.looks.values()].some(({ context }) => context)
  // Many runs have no colours of their own: what came of them tells them apart.
  const color = inputs.get(search.color ?? (isMany ? (metric ?? '') : ''))
  const lines = useMemo((): PlotRun[] => {
    const colors = color && colorsBy(relationAxis(color, log.has(color.key), 300))
    return runs.map(({ id, name }, run) => {
      const look = compared.looks.get(id)
      // Grey is what is not picked: of many runs, all that are picked have one colour.
      const own = look && !look.context ? look.color : 'var(--accent)'
      return { name, color: colors?.[run] ?? own, picked: isBrushed(axes, brushes, run) }
    })
  }, [runs, color, log, compared.looks, axes, brushes])
  const picked = lines.filter(line => line.picked).length
  const across = inputs.get(search.across ?? '') ?? inputs.get(keys.find(key => log.has(key)) ?? keys.find(key => key !== metric) ?? '')
  const up = inputs.get(search.up ?? '') ?? inputs.get(metric ?? keys.at(-1) ?? '')

  const setAxes = (next: readonly string[]) => change({ axes: printList(next) })
  const setBrush = (key: string, brush: Brush | null) =>
    change({ brush: printBrushes([...brushes.filter(other => other.key !== key), ...(brush ? [brush] : [])]) })
  function setLog(key: string, on: boolean): void {
    const next = new Set(log)
    if (on) next.add(key)
    else next.delete(key)
    change({ log: printLog(next) })
  }
  function move(at: number, by: number): void {
    const [key = ''] = keys.slice(at, at + 1)
    setAxes(keys.toSpliced(at, 1).toSpliced(at + by, 0, key))
  }
  const choice = (label: string, value: string | undefined, name: 'across' | 'up' | 'color', none?: string) => (
    <label className={styles['choice']}>
      <span className={parts['label']}>{label}</span>
      <select className={parts['select']} value={value ?? none} onChange={event => change({ [name]: event.target.value })}>
        {none !== undefined && <option value={none}>by run</option>}
        {[...inputs.keys()].map(key => (
          <option key={key}>{key}</option>
        ))}
      </select>
    </label>
  )

  if (inputs.size === 0) return <Empty>These runs logged neither params nor metrics.</Empty>
  return (
    <div className={styles['tab']}>
      <section className={styles['card']} aria-label="Parallel coordinates">
        <PanelHead
          title="Parallel coordinates"
          count={hovered === null ? `${formatCount(picked)} of ${formatPlural(runs.length, 'run')} picked` : lines[hovered]?.name}
        >
          {brushes.length > 0 && <Button onClick={() => change({ brush: '' })}>Pick all</Button>}
          {choice('Colour', color?.key, 'color', 'run')}
          <Popover
            label="Axes"
            align="end"
            trigger={
              <Button>
                <Plus /> Axes
              </Button>
            }
          >
            <div className={parts['editor']}>
              <KeyChecks legend="Axes" noun="param or metric" keys={[...inputs.keys()]} chosen={keys} most={mostAxes} onChange={setAxes} />
            </div>
          </Popover>
          <Button onClick={() => setTable(true)}>
            <Table /> Table
          </Button>
          <Button onClick={() => saveFile(fileName('relations', 'csv'), new Blob([relationsCsv(lines, axes)], { type: 'text/csv' }))}>
            <FileSpreadsheet /> CSV
          </Button>
        </PanelHead>
        <div className={styles['axes']}>
          {axes.map((axis, at) => (
            <AxisHead
              key={axis.key}
              axis={axis}
              brush={brushes.find(({ key }) => key === axis.key)}
              isFirst={at === 0}
              isLast={at === axes.length - 1}
              onBrush={brush => setBrush(axis.key, brush)}
              onMove={by => move(at, by)}
              onLog={on => setLog(axis.key, on)}
              onRemove={() => setAxes(keys.filter(key => key !== axis.key))}
            />
          ))}
        </div>
        <div ref={box} className={styles['parallel']}>
          {axes.length === 0 && <Empty>No axis is chosen.</Empty>}
          {size && axes.length > 0 && (
            <ParallelPlot
              axes={axes}
              runs={lines}
              brushes={brushes}
              width={size.width}
              height={size.height}
              hovered={hovered}
              onHover={setHovered}
              onBrush={setBrush}
              summary={`${formatPlural(runs.length, 'run')} on ${formatPlural(axes.length, 'axis', 'axes')}, ${formatCount(picked)} picked.`}
            />
          )}
        </div>
      </section>
      {across && up && (
        <section className={styles['card']} aria-label="Scatter">
          <PanelHead title="Scatter">
            {choice('x', across.key, 'across')}
            {choice('y', up.key, 'up')}
          </PanelHead>
          <ScatterPanel across={across} up={up} log={log} runs={lines} hovered={hovered} onHover={setHovered} />
        </section>
      )}
      {table && (
        <Suspense>
          <TableDialog
            title="Relations"
            description={`${formatPlural(picked, 'run')} picked`}
            label="Values of the runs that are picked"
            named
            {...relationsTable(lines, axes)}
            onClose={() => setTable(false)}
          />
        </Suspense>
      )}
    </div>
  )
}
