import { Plus, Spline } from 'lucide-react'
import { lazy, Suspense, useId, useState } from 'react'

import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Menu } from '#ui/menu.tsx'
import { Popover } from '#ui/popover.tsx'

import type { KeySource } from './metric-keys.ts'
import { smoothingText } from './smoothing-text.ts'
import { xKinds, type ChartsView } from './use-charts-view.ts'

import styles from './smoothing.module.css'

const SmoothingEditor = lazy(async () => ({ default: (await import('./smoothing-editor.tsx')).SmoothingEditor }))

const XMenu = lazy(async () => ({ default: (await import('./x-menu.tsx')).XMenu }))
const MetricPicker = lazy(async () => ({ default: (await import('./metric-picker.tsx')).MetricPicker }))
const ExpressionEditor = lazy(async () => ({ default: (await import('./expression-editor.tsx')).ExpressionEditor }))

interface ChartsToolsProps {
  charts: ChartsView
  /** Metrics and params to choose from. */
  keys: KeySource
  small?: boolean
}

/** What all charts of a page have in common, the horizontal axis and how lines are smoothed, and the way to one more chart. */
export function ChartsTools({ charts, keys, small = false }: ChartsToolsProps) {
  const [open, setOpen] = useState<'axis' | 'expression' | null>(null)
  const axisButton = useId()
  const axis = charts.xKey ?? xKinds.find(({ value }) => value === charts.x)?.text
  const smoothing = charts.smoothing ? smoothingText(charts.smoothing) : 'none'
  return (
    <>
      <Menu
        label="Horizontal axis"
        align="end"
        trigger={
          <Button id={axisButton} size={small ? 'small' : 'control'} className={styles['axis']} title={charts.xKey ?? undefined}>
            <span className={styles['label']}>x</span> <span className={styles['value']}>{axis}</span>
          </Button>
        }
      >
        <XMenu charts={charts} onMetric={() => setOpen('axis')} />
      </Menu>
      <Popover
        label="Smoothing"
        align="end"
        trigger={
          small ? (
            <IconButton
              size="small"
              label={`Smoothing: ${smoothing}`}
              icon={<Spline />}
              className={charts.smoothing ? styles['on'] : undefined}
            />
          ) : (
            <Button>
              <span className={styles['label']}>Smoothing</span> {smoothing}
            </Button>
          )
        }
      >
        <SmoothingEditor value={charts.smoothing} onChange={charts.setSmoothing} />
      </Popover>
      {small ? (
        <IconButton
          id={charts.adder}
          size="small"
          label="Add chart"
          icon={<Plus />}
          disabled={charts.isFull}
          onClick={() => setOpen('expression')}
        />
      ) : (
        <Button id={charts.adder} disabled={charts.isFull} onClick={() => setOpen('expression')}>
          <Plus /> Add chart
        </Button>
      )}
      <Suspense>
        {open === 'axis' && (
          <MetricPicker
            keys={keys}
            value={charts.xKey}
            onPick={xKey => charts.setX({ x: 'metric', xKey })}
            onClose={() => setOpen(null)}
            finalFocus={() => document.getElementById(axisButton)}
          />
        )}
        {open === 'expression' && (
          <ExpressionEditor
            keys={keys}
            value={null}
            onSave={text => charts.setExpression(null, text)}
            onClose={() => setOpen(null)}
            finalFocus={() => document.getElementById(charts.adder)}
          />
        )}
      </Suspense>
    </>
  )
}
