import { useQuery } from '@tanstack/react-query'
import { Table } from 'lucide-react'
import { lazy, Suspense, useId, useMemo, useState } from 'react'

import { histogramRange, prepareHistogram, prepareStrip } from '#charts/prepare/histogram.ts'
import { histogramQuery, histogramsQuery } from '#data/media.ts'
import { IconButton } from '#ui/icon-button.tsx'
import { Bar, Empty, Failed, Loading } from '#ui/states.tsx'

import { placeAt } from './media-steps.ts'

import styles from './media-tab.module.css'

const HistogramTable = lazy(async () => ({ default: (await import('#charts/draw/histogram-table.tsx')).HistogramTable }))

/** Px for which ticks are chosen; a card is about as wide. */
const width = 360
/** Ticks nearer to an end than this share of the axis stand beside their place. */
const edge = 0.08

/** The histogram of a tag at a step, over a strip of those at all steps on the same axis of values. */
export function HistogramPlot({ run, tag, step }: { run: string; tag: string; step: string }) {
  const described = useId()
  const [open, setOpen] = useState(false)
  const all = useQuery(histogramsQuery(run, tag))
  const one = useQuery(histogramQuery(run, tag, step))
  const histograms = all.data?.histograms
  const shown = one.data?.histograms[0]
  const range = useMemo(() => histogramRange([...(histograms ?? []), ...(shown ? [shown] : [])]), [histograms, shown])
  const model = useMemo(() => (shown && range ? prepareHistogram(shown, range, width) : null), [shown, range])
  const strip = useMemo(() => (histograms && range ? prepareStrip(histograms, range) : null), [histograms, range])
  const error = one.error ?? all.error
  if (error && !(one.data && all.data)) return <Failed what="This histogram cannot be shown." error={error} />
  if (!one.data || !all.data) {
    return (
      <Loading>
        <div className={styles['plot']}>
          <Bar width="100%" height="96px" />
        </div>
      </Loading>
    )
  }
  if (!model || !strip) return <Empty>This histogram holds no values.</Empty>
  const steps = all.data.histograms.map(histogram => histogram.step)
  const at = Math.max(0, placeAt(steps, shown?.step ?? 0))
  return (
    <div className={styles['plot']}>
      <svg
        className={styles['shape']}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram of ${tag}`}
        aria-describedby={described}
      >
        <path d={model.path} />
      </svg>
      <div className={styles['ticks']} aria-hidden>
        {model.ticks.map(tick => (
          <span
            key={tick.text}
            style={{ left: `${tick.at * 100}%` }}
            data-edge={tick.at < edge ? 'start' : tick.at > 1 - edge ? 'end' : undefined}
          >
            {tick.text}
          </span>
        ))}
      </div>
      <svg className={styles['strip']} viewBox={`0 0 ${strip.columns} ${strip.rows}`} preserveAspectRatio="none" aria-hidden>
        {strip.paths.map((path, shade) => (
          <path key={shade} d={path} fill={`var(--seq-${shade + 1})`} />
        ))}
        <rect className={styles['here']} x={at} y={0} width={1} height={strip.rows} vectorEffect="non-scaling-stroke" />
      </svg>
      <p id={described} className="visually-hidden">
        {model.summary}
      </p>
      <IconButton
        label={`Show ${tag} as table`}
        size="small"
        icon={<Table />}
        className={styles['asTable']}
        onClick={() => setOpen(true)}
      />
      {open && shown && (
        <Suspense>
          <HistogramTable title={tag} histogram={shown} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
