import type { RunDetail } from '#contract/run.ts'
import { formatDuration, formatTime } from '#lib/format-time.ts'

import { RailSection } from './rail.tsx'
import { durationText } from './run-facts.ts'

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
  const lastPoint = Math.max(...metrics.map(metric => metric.last.time).filter(time => time > 0)) * 1_000
  const moments: Moment[] = []
  if (start !== null) moments.push({ key: 'start', time: start, look: 'start', text: 'Started', aside: '' })
  if (Number.isFinite(lastPoint)) {
    const after = start !== null && lastPoint > start ? `after ${formatDuration(lastPoint - start)}` : ''
    moments.push({ key: 'point', time: lastPoint, look: 'start', text: 'Last point logged', aside: after })
  }
  moments.push({
    key: 'end',
    time: end,
    look: status,
    text: endWords[status],
    aside: durationText(run, now) || (status === 'running' || status === 'scheduled' ? '' : 'no end was logged'),
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
            <span className={styles['cut']}>
              {text} <span className={styles['quiet']}>{aside}</span>
            </span>
          </li>
        ))}
      </ol>
    </RailSection>
  )
}
