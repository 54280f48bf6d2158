import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { RunDetail } from '#contract/run.ts'
import { environmentQuery } from '#domain/environment-query.ts'
import { packageWords } from '#domain/environment-text.ts'
import { modelHistory, modelHistoryTag } from '#domain/model-history.ts'
import { formatCount } from '#lib/format.ts'
import { CopyIconButton } from '#ui/copy-button.tsx'
import { Bar, Loading } from '#ui/states.tsx'

import { RailRow, RailSection } from './rail.tsx'

import styles from './rail.module.css'

/** Framework, git, Python and packages. The last two come from files beside the run's models, which are read when this is shown. */
export function EnvironmentSection({ run }: { run: RunDetail }) {
  const { git, framework, tags, models } = run
  const history = tags.find(({ key }) => key === modelHistoryTag)?.value ?? ''
  const latest = modelHistory(history).at(-1)
  const made = models.flatMap(({ direction, id }) => (direction === 'output' && id !== '' ? [id] : []))
  const { data, isPending } = useQuery(environmentQuery({ id: run.id, made, history }))
  const frameworks = framework || latest?.flavors.join(', ')
  return (
    <RailSection title="Environment">
      <dl className={styles['rows']}>
        {frameworks && <RailRow label="Framework">{frameworks}</RailRow>}
        <RailRow label="Python">{isPending ? <Late width="48px" /> : data?.python ? <code>{data.python}</code> : <None />}</RailRow>
        <RailRow label="Packages">
          {isPending ? <Late width="120px" /> : data && data.packages.length > 0 ? <Packages packages={data.packages} /> : <None />}
        </RailRow>
        {latest && latest.mlflowVersion !== '' && (
          <RailRow label="Logged by">
            <code>mlflow {latest.mlflowVersion}</code>
          </RailRow>
        )}
        {git.repository !== '' && (
          <RailRow label="Repository">
            <Repository address={git.repository} />
          </RailRow>
        )}
        {git.commit !== '' && (
          <RailRow label="Commit">
            <code className={styles['commit']} title={git.commit}>
              {git.commit}
            </code>
            <CopyIconButton label="Copy commit" text={git.commit} />
          </RailRow>
        )}
      </dl>
    </RailSection>
  )
}

function None() {
  return <span className={styles['quiet']}>not logged</span>
}

function Late({ width }: { width: string }) {
  return (
    <Loading>
      <Bar width={width} />
    </Loading>
  )
}

function Repository({ address }: { address: string }) {
  const web = /^https?:\/\//.test(address) ? address : undefined
  const text = address.replace(/^https?:\/\//, '').replace(/\.git$/, '')
  return web === undefined ? (
    <code className={styles['cut']} title={address}>
      {text}
    </code>
  ) : (
    <a className={styles['cut']} href={web} title={address} target="_blank" rel="noreferrer">
      {text}
    </a>
  )
}

function Packages({ packages }: { packages: readonly string[] }) {
  const [open, setOpen] = useState(false)
  const [first = '', ...others] = packages
  return (
    <>
      <span className={styles['withIcon']}>
        <code className={styles['cut']} title={first}>
          {packageWords(first)}
        </code>
        {others.length > 0 && (
          <button type="button" className={styles['inline']} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Show fewer' : `and ${formatCount(others.length)} more`}
          </button>
        )}
      </span>
      {open && (
        <ul className={styles['packages']}>
          {others.map(name => (
            <li key={name}>
              <code title={name}>{packageWords(name)}</code>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
