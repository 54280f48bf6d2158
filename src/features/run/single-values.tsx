import { fromFloat64 } from '#contract/int64.ts'
import type { MetricSummary, RunDetail } from '#contract/run.ts'
import { metricFormat } from '#domain/metric-format.ts'
import { formatNumber, formatStep } from '#lib/format.ts'

import styles from './single-values.module.css'

/** Metrics that were logged once, as numbers. */
export function SingleValues({ run, keys }: { run: Pick<RunDetail, 'metrics'>; keys: readonly string[] }) {
  const known = new Map(run.metrics.map(metric => [metric.key, metric]))
  return (
    <dl className={styles['values']}>
      {keys.map(key => {
        const metric = known.get(key)
        return metric && <SingleValue key={key} metric={metric} />
      })}
    </dl>
  )
}

function SingleValue({ metric }: { metric: MetricSummary }) {
  const { value, step } = metric.last
  const number = fromFloat64(value)
  return (
    <div className={styles['tile']}>
      <dt className={styles['key']} title={metric.key}>
        {metric.key}
      </dt>
      <dd className={styles['value']} title={String(number)} data-finite={Number.isFinite(number)}>
        {formatNumber(number, metricFormat(metric).values)}
      </dd>
      <dd className={styles['step']}>at step {formatStep(step)}</dd>
    </div>
  )
}
