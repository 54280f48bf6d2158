import type { RunDetail } from '#contract/run.ts'
import { formatDuration, formatTime } from '#lib/format-time.ts'

import { RailSection } from './rail.tsx'
import { durationText, lastPointTime } from './run-facts.ts'

import styles from './rail.module.css'

const endWords = { running: 'Running', finished: 'Finished', failed: 'Failed', killed: 'Killed', scheduled: 'Scheduled' } as const

interface Moment {
  key: string
  time: number | null
  look: RunDetail['status'] | 'start'
  text: string
  aside: string
}

/** When the run began, logged last and ended; a run whose end nobody wrote says so. */
export function Timeline({ run, now }: { run: RunDetail; now: number }) {
  const { start, end, status, metrics } = run
  const lastPoint = lastPointTime(metrics)
  const moments: Moment[] = []
  if (start !== null) moments.push({ key: 'start', time: start, look: 'start', text: 'Started', aside: '' })
  if (lastPoint !== null) {
    const after = start !== null && lastPoint > start ? `after ${formatDuration(lastPoint - start)}` : ''
    moments.push({ key: 'point', time: lastPoint, look: 'start', text: 'Last point', aside: after })
  }
  moments.push({
    key: 'end',
    time: end,
    look: status,
    text: endWords[status],
    aside: durationText(run, now) || (end === null && status !== 'scheduled' ? 'no end was logged' : ''),
  })
  return (
    <RailSection title="Timeline">
      <ol className={styles['times']}>
        {moments.map(({ key, time, look, text, aside }) => (
          <li key={key} className={styles['time']}>
            <span className={styles['clock']} title={time === null ? undefined : new Date(time).toISOString()}>
              {time === null ? '–' : formatTime(time)}
            </span>
            <span className={styles['dot']} data-look={look} aria-hidden="true" />
            <span>
              {text} <span className={styles['quiet']}>{aside}</span>
            </span>
          </li>
        ))}
      </ol>
    </RailSection>
  )
}
