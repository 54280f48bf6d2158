import { useId } from 'react'

import { amountOf, smoothingKinds, smoothingText, type Smoothing, type SmoothingKind } from './smoothing-text.ts'

import styles from './smoothing.module.css'

interface SmoothingEditorProps {
  value: Smoothing | null
  onChange: (value: Smoothing | null) => void
}

const kinds: readonly (SmoothingKind | 'none' | 'best')[] = ['none', 'ema', 'gaussian', 'mean', 'best']

function textOf(kind: (typeof kinds)[number]): string {
  return kind === 'none' ? 'None' : kind === 'best' ? 'Best so far' : smoothingKinds[kind].text
}

function begin(kind: (typeof kinds)[number]): Smoothing | null {
  if (kind === 'none') return null
  return kind === 'best' ? { kind } : smoothingKinds[kind].make(smoothingKinds[kind].first)
}

/** How lines are smoothed, and how much. */
export function SmoothingEditor({ value, onChange }: SmoothingEditorProps) {
  const name = useId()
  const average = value && value.kind !== 'best' ? value : null
  const facts = average && smoothingKinds[average.kind]
  return (
    <div className={styles['editor']}>
      <fieldset className={styles['kinds']}>
        <legend>Smoothing</legend>
        {kinds.map(kind => (
          <label key={kind} className={styles['kind']}>
            <input type="radio" name={name} checked={(value?.kind ?? 'none') === kind} onChange={() => onChange(begin(kind))} />
            {textOf(kind)}
          </label>
        ))}
      </fieldset>
      {average && facts && (
        <label className={styles['amount']}>
          <span>{smoothingText(average)}</span>
          <input
            type="range"
            min={0}
            max={facts.amounts.length - 1}
            value={nearestIndex(facts.amounts, amountOf(average))}
            aria-label="How smooth"
            aria-valuetext={smoothingText(average)}
            onChange={event => onChange(facts.make(facts.amounts[Number(event.target.value)] ?? facts.first))}
          />
        </label>
      )}
      <p className={styles['note']}>Made of every point. The line as logged stays behind it.</p>
    </div>
  )
}

function nearestIndex(amounts: readonly number[], amount: number): number {
  let nearest = 0
  for (const [index, each] of amounts.entries()) if (Math.abs(each - amount) < Math.abs((amounts[nearest] ?? 0) - amount)) nearest = index
  return nearest
}
