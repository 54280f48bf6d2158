import { ChevronLeft, ChevronRight } from 'lucide-react'

import type { Int64 } from '#contract/int64.ts'
import { formatCount, formatStep } from '#lib/format.ts'
import { IconButton } from '#ui/icon-button.tsx'

import styles from './media-tab.module.css'

interface StepSliderProps {
  steps: readonly Int64[]
  /** Place among the steps. */
  at: number
  onChange: (at: number) => void
}

/** One step for all that is shown; arrow keys go from one that was logged to the next. */
export function StepSlider({ steps, at, onChange }: StepSliderProps) {
  const text = `Step ${formatStep(steps[at] ?? 0)}`
  return (
    <div className={styles['slider']}>
      <IconButton size="small" label="Previous step" icon={<ChevronLeft />} disabled={at <= 0} onClick={() => onChange(at - 1)} />
      <input
        type="range"
        min={0}
        max={Math.max(0, steps.length - 1)}
        value={at}
        aria-label="Step"
        aria-valuetext={`${text}, ${formatCount(at + 1)} of ${formatCount(steps.length)}`}
        disabled={steps.length < 2}
        onChange={event => onChange(Number(event.target.value))}
      />
      <IconButton
        size="small"
        label="Next step"
        icon={<ChevronRight />}
        disabled={at >= steps.length - 1}
        onClick={() => onChange(at + 1)}
      />
      <output className={styles['step']}>{text}</output>
    </div>
  )
}
