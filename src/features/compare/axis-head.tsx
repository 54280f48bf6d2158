import { ArrowLeft, ArrowRight, Filter, X } from 'lucide-react'
import { useId, useState } from 'react'

import type { Brush } from '#charts/prepare/brush.ts'
import type { RelationAxis } from '#charts/prepare/relation-axis.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/checkbox.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Popover } from '#ui/popover.tsx'
import { TextField } from '#ui/text-field.tsx'

import parts from './popover-parts.module.css'
import styles from './relations-tab.module.css'

interface AxisHeadProps {
  axis: RelationAxis
  brush: Brush | undefined
  isFirst: boolean
  isLast: boolean
  onBrush: (brush: Brush | null) => void
  /** Moves it by places to the right. */
  onMove: (by: number) => void
  onLog: (log: boolean) => void
  onRemove: () => void
}

/** Name of an axis, and what a drag along it does by keys: what is picked, its place, its scale. */
export function AxisHead(props: AxisHeadProps) {
  const { axis, brush } = props
  return (
    <div className={styles['axisHead']}>
      <Popover
        label={`Axis ${axis.key}`}
        trigger={
          <Button size="small" className={brush ? styles['brushed'] : undefined} title={axis.key}>
            {brush && <Filter />}
            <code className={styles['axisName']}>
              <bdi dir="ltr">{axis.key.replace(/^(params|metrics)\./, '')}</bdi>
            </code>
          </Button>
        }
      >
        <AxisEditor {...props} />
      </Popover>
      <span className={styles['axisNote']}>{axis.kind === 'number' ? (axis.scale.log ? 'log' : '') : 'texts'}</span>
    </div>
  )
}

function AxisEditor({ axis, brush, isFirst, isLast, onBrush, onMove, onLog, onRemove }: AxisHeadProps) {
  const log = useId()
  return (
    <div className={parts['editor']}>
      {axis.kind === 'number' ? (
        // What was dragged meanwhile is what the fields begin with.
        <RangeFields key={JSON.stringify(brush ?? null)} axis={axis} brush={brush} onBrush={onBrush} />
      ) : (
        <fieldset className={parts['keys']}>
          <legend>Runs that have</legend>
          {axis.categories.map(text => {
            const chosen = brush?.kind === 'of' ? brush.texts : []
            return (
              <label key={text} className={parts['key']} title={text}>
                <Checkbox
                  checked={chosen.includes(text)}
                  onCheckedChange={on => {
                    const texts = on ? [...chosen, text] : chosen.filter(other => other !== text)
                    onBrush(texts.length === 0 ? null : { key: axis.key, kind: 'of', texts })
                  }}
                />
                <code className={parts['name']}>{text}</code>
              </label>
            )
          })}
        </fieldset>
      )}
      {axis.kind === 'number' && (
        <label className={parts['key']} htmlFor={log}>
          <Checkbox id={log} checked={axis.scale.log} disabled={!axis.canLog} onCheckedChange={onLog} />
          Log scale
        </label>
      )}
      <div className={styles['acts']}>
        <IconButton label="Move left" icon={<ArrowLeft />} disabled={isFirst} onClick={() => onMove(-1)} />
        <IconButton label="Move right" icon={<ArrowRight />} disabled={isLast} onClick={() => onMove(1)} />
        <IconButton label="Remove axis" icon={<X />} onClick={onRemove} />
        {brush && (
          <Button size="small" className={styles['end']} onClick={() => onBrush(null)}>
            Pick all
          </Button>
        )}
      </div>
    </div>
  )
}

/** From and to, which count once both can be read; an empty one is open. */
function RangeFields({ axis, brush, onBrush }: Pick<AxisHeadProps, 'axis' | 'brush' | 'onBrush'>) {
  const [from, setFrom] = useState(brush?.kind === 'range' && Number.isFinite(brush.from) ? String(brush.from) : '')
  const [to, setTo] = useState(brush?.kind === 'range' && Number.isFinite(brush.to) ? String(brush.to) : '')
  const [fault, setFault] = useState('')
  function apply(): void {
    const low = from.trim() === '' ? -Infinity : Number(from)
    const high = to.trim() === '' ? Infinity : Number(to)
    if (Number.isNaN(low) || Number.isNaN(high)) setFault('Expected numbers.')
    else if (low > high) setFault('Expected from to be at most to.')
    else {
      setFault('')
      onBrush(low === -Infinity && high === Infinity ? null : { key: axis.key, kind: 'range', from: low, to: high })
    }
  }
  return (
    <form
      className={styles['range']}
      onSubmit={event => {
        event.preventDefault()
        apply()
      }}
    >
      <TextField label="From" placeholder="From" value={from} onValueChange={setFrom} onBlur={apply} />
      <TextField label="To" placeholder="To" value={to} onValueChange={setTo} onBlur={apply} />
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      {fault !== '' && <p role="alert">{fault}</p>}
    </form>
  )
}
