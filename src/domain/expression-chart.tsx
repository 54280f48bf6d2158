import { Pencil, Trash2 } from 'lucide-react'
import { useRef, useState, type ComponentProps } from 'react'

import { MenuItem, MenuLine } from '#ui/menu-popup.tsx'

import { chartProps } from './chart-props.ts'
import { ExpressionEditor } from './expression-editor.tsx'
import { MetricChart } from './metric-chart.tsx'
import type { KeySource } from './metric-keys.ts'
import type { ChartsView } from './use-charts-view.ts'

interface ExpressionChartProps extends Pick<
  ComponentProps<typeof MetricChart>,
  'lines' | 'growing' | 'labels' | 'framed' | 'ofRuns' | 'height'
> {
  expression: string
  charts: ChartsView
  /** Metrics and params to choose from while it is edited. */
  keys: KeySource
}

/** A chart of an expression over metrics, which its menu lets edit and take away. */
export function ExpressionChart({ expression, charts, keys, ...chart }: ExpressionChartProps) {
  const [editing, setEditing] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const remove = () => {
    charts.removeExpression(expression)
    // The menu gives the focus back to a button that goes with the chart.
    requestAnimationFrame(() => document.getElementById(charts.adder)?.focus())
  }
  return (
    <div ref={box} tabIndex={-1}>
      <MetricChart
        {...chart}
        {...chartProps(charts, expression)}
        menu={
          <>
            <MenuLine />
            <MenuItem icon={<Pencil />} onSelect={() => setEditing(true)}>
              Edit expression
            </MenuItem>
            <MenuItem icon={<Trash2 />} danger onSelect={remove}>
              Remove chart
            </MenuItem>
          </>
        }
      />
      {editing && (
        <ExpressionEditor
          keys={keys}
          value={expression}
          onSave={text => charts.setExpression(expression, text)}
          onClose={() => setEditing(false)}
          // Its menu goes while another expression is fetched.
          finalFocus={() => box.current}
        />
      )}
    </div>
  )
}
