import { Ellipsis, RotateCcw, X } from 'lucide-react'
import { lazy, Suspense, useEffect, useId, useMemo, useRef, useState, type CSSProperties, type ReactNode } from 'react'
import { useStore } from 'zustand'

import type { ChartModel } from '#charts/prepare/chart-model.ts'
import type { ChartOptions, LineInput } from '#charts/prepare/line-input.ts'
import { prepareChart } from '#charts/prepare/prepare-chart.ts'
import type { ZoomRange } from '#charts/prepare/zoom-range.ts'
import { classNames } from '#lib/class-names.ts'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Menu } from '#ui/menu.tsx'
import { Bar, Empty, Failed, Loading } from '#ui/states.tsx'

import { zoomTo, type ChartSync } from './chart-sync.ts'
import { headText } from './cursor-text.ts'
import { Legend } from './legend.tsx'
import { LineChart } from './line-chart.tsx'
import { useSize } from './use-size.ts'

import styles from './chart-card.module.css'

const ChartMenu = lazy(async () => ({ default: (await import('./chart-menu.tsx')).ChartMenu }))
const ValueRows = lazy(async () => ({ default: (await import('./value-rows.tsx')).ValueRows }))
const ChartTable = lazy(async () => ({ default: (await import('./chart-table.tsx')).ChartTable }))

/** What a user may switch on a chart. */
export type ChartSwitches = Pick<ChartOptions, 'xLog' | 'yLog' | 'clipOutliers'>

export type ChartCardState = { kind: 'ready' } | { kind: 'loading' } | { kind: 'failed'; error: unknown; onRetry?: () => void }

export interface ChartCardProps {
  /** Key of the metric, as logged. */
  title: string
  lines: readonly LineInput[]
  /** Keep the object while nothing in it changes: the chart is prepared and drawn again for another one. */
  options: Omit<ChartOptions, 'title' | 'width' | 'height' | 'xRange'>
  /** Cursor and zoom, shared by the charts of a page. */
  sync: ChartSync
  /** `loading` shows the frame with bars, `failed` the reason, in the size that the chart will have. */
  state?: ChartCardState
  /** Height of legend and plot in px. */
  height?: number
  /** A card of its own with a border, or flush in a panel. */
  framed?: boolean
  /** Called with what the menu switched; without it the menu has no switches. */
  onSwitch?: (change: Partial<ChartSwitches>) => void
  /** Where a zoom goes; to `sync` if not given. */
  onZoom?: (range: ZoomRange | null) => void
  /** Said in place of the plot where there are no lines. */
  empty?: ReactNode
  /** Further acts at the end of the menu, parts of `ui/menu-popup.tsx`. */
  menu?: ReactNode
}

const defaultHeight = 176

/** The value at the cursor; alone here, so that a move of the pointer draws this text and no chart. */
function HeadValue({ model, sync }: { model: ChartModel; sync: ChartSync }) {
  const text = useStore(sync, ({ cursor, step }) => (cursor === null ? '' : headText(model, cursor, step)))
  return <span className={styles['value']}>{text}</span>
}

function Waiting() {
  return (
    <Loading>
      <div className={styles['waiting']}>
        {['92%', '78%', '85%', '96%'].map(width => (
          <Bar key={width} width={width} height="8px" />
        ))}
      </div>
    </Loading>
  )
}

/** Esc leaves the full screen, unless something in it took the key. */
function useFullScreen(): [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (!open) return
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) setOpen(false)
    }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [open])
  return [open, setOpen]
}

/** A line chart with its head, menu and states. The plot is prepared for the size that the card gives it. */
export function ChartCard({
  title,
  lines,
  options,
  sync,
  state = { kind: 'ready' },
  height = defaultHeight,
  framed = false,
  onSwitch,
  onZoom = range => zoomTo(sync, range),
  empty = 'No run logged this metric.',
  menu,
}: ChartCardProps) {
  const plot = useRef<HTMLDivElement>(null)
  const describedBy = useId()
  const size = useSize(plot)
  const zoom = useStore(sync, shared => shared.zoom)
  const [fullScreen, setFullScreen] = useFullScreen()
  const [table, setTable] = useState(false)
  const [failure, setFailure] = useState('')
  const model = useMemo(
    () => (size ? prepareChart(lines, { ...options, title, ...size, ...(zoom && { xRange: zoom }) }) : null),
    [lines, options, title, size, zoom],
  )
  const ready = state.kind === 'ready' && lines.length > 0
  const shown = ready ? model : null
  const meta = shown?.meta.join(', ') ?? ''

  return (
    <figure
      className={classNames(styles['card'], framed && styles['framed'], fullScreen && styles['full'])}
      aria-label={title}
      {...(shown && { 'aria-describedby': describedBy })}
    >
      <div className={styles['head']}>
        <h3 className={styles['title']} title={title}>
          {title}
        </h3>
        {failure === '' ? (
          <span className={styles['meta']} title={meta}>
            {meta}
          </span>
        ) : (
          <span className={classNames(styles['meta'], styles['failure'])} role="alert" title={failure}>
            {failure}
          </span>
        )}
        {shown && !shown.rows && <HeadValue model={shown} sync={sync} />}
        {shown && !shown.rows && zoom && (
          <IconButton label="Reset zoom" shortcut="0" size="small" icon={<RotateCcw />} onClick={() => onZoom(null)} />
        )}
        {shown && (
          <Menu
            label={`Chart of ${title}`}
            align="end"
            trigger={<IconButton label={`Chart of ${title}`} size="small" icon={<Ellipsis />} className={styles['menu']} />}
          >
            <ChartMenu
              model={shown}
              lines={lines}
              sync={sync}
              fullScreen={fullScreen}
              onFullScreen={setFullScreen}
              onTable={() => setTable(true)}
              onZoom={onZoom}
              onFailed={setFailure}
              {...(onSwitch && { onSwitch })}
            >
              {menu}
            </ChartMenu>
          </Menu>
        )}
        {fullScreen && (
          <IconButton label="Leave full screen" shortcut="Esc" size="small" icon={<X />} onClick={() => setFullScreen(false)} />
        )}
      </div>
      <div className={styles['body']} style={{ '--plot-height': `${height}px` } as CSSProperties}>
        {shown?.legend && !shown.rows && <Legend model={shown} />}
        <div ref={plot} className={styles['plot']}>
          {shown?.rows && (
            <Suspense>
              <ValueRows title={title} rows={shown.rows} sync={sync} />
            </Suspense>
          )}
          {shown && !shown.rows && <LineChart model={shown} sync={sync} onZoom={onZoom} />}
          {state.kind === 'loading' && <Waiting />}
          {state.kind === 'failed' && (
            <div className={styles['state']}>
              <Failed
                what={`${title} cannot be shown.`}
                error={state.error}
                action={
                  state.onRetry && (
                    <Button look="outline" size="small" onClick={state.onRetry}>
                      Try again
                    </Button>
                  )
                }
              />
            </div>
          )}
          {state.kind === 'ready' && lines.length === 0 && (
            <div className={styles['state']}>
              <Empty>{empty}</Empty>
            </div>
          )}
        </div>
      </div>
      {shown && (
        <figcaption id={describedBy} className="visually-hidden">
          {shown.summary}
        </figcaption>
      )}
      {table && (
        <Suspense>
          <ChartTable
            title={title}
            lines={lines}
            {...(options.xKey !== undefined && { xKey: options.xKey })}
            onClose={() => setTable(false)}
          />
        </Suspense>
      )}
    </figure>
  )
}
