import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CSSProperties } from 'react'

import { fromFloat64 } from '#contract/int64.ts'
import type { RunDetail } from '#contract/run.ts'
import { projectsQuery } from '#data/projects.ts'
import { metricFormat } from '#domain/metric-format.ts'
import { formatNumber, formatStep } from '#lib/format.ts'
import { Bar } from '#ui/states.tsx'

import { nonFiniteText } from './non-finite-text.ts'
import { numberCards, type NumberCard } from './number-cards.ts'

import styles from './overview.module.css'

/** The main numbers of a run, each with the step it was reached at. */
export function NumberCards({ run }: { run: RunDetail }) {
  const projects = useQuery(projectsQuery(false))
  if (run.metrics.length === 0) return <p className={styles['none']}>This run logged no metrics.</p>
  if (projects.isPending) return <NumberCardsFrame />
  const primary = projects.data?.find(project => project.id === run.project.id)?.primaryMetric ?? null
  const cards = numberCards(run.metrics, primary)
  return (
    <section className={styles['cards']} style={{ '--cards': cards.length } as CSSProperties} aria-label="Main metrics">
      {cards.map(card => (
        <Card key={card.metric.key} run={run.id} card={card} />
      ))}
    </section>
  )
}

function Card({ run, card: { metric, aggregate, value, step } }: { run: string; card: NumberCard }) {
  const number = fromFloat64(value)
  const nonFinite = nonFiniteText(metric)
  return (
    <div className={styles['card']}>
      <h2 className={styles['cardHead']}>
        <Link
          to="/runs/$run"
          params={{ run }}
          search={{ tab: 'metrics', search: metric.key }}
          className={styles['cardKey']}
          title={metric.key}
        >
          {metric.key}
        </Link>
        <span className={styles['cardAggregate']}>{aggregate}</span>
      </h2>
      <p className={styles['cardValue']} title={String(value)} data-finite={Number.isFinite(number)}>
        {formatNumber(number, metricFormat(metric).values)}
      </p>
      <p className={styles['cardFoot']}>
        at step {formatStep(step)}
        {nonFinite !== '' && <span className={styles['warn']}>{nonFinite}</span>}
      </p>
    </div>
  )
}

/** The frame of the cards, with bars of final size, while what they show is fetched. */
export function NumberCardsFrame() {
  return (
    <div className={styles['cards']}>
      {[0, 1, 2, 3].map(index => (
        <div key={index} className={styles['card']}>
          <div className={styles['cardHead']}>
            <Bar width="72px" />
          </div>
          <div className={styles['cardValue']}>
            <Bar width="96px" height="20px" />
          </div>
          <div className={styles['cardFoot']}>
            <Bar width="64px" />
          </div>
        </div>
      ))}
    </div>
  )
}
