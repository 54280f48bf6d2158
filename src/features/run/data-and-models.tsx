import { Link } from '@tanstack/react-router'
import { Box, Database } from 'lucide-react'
import { useState } from 'react'

import type { DatasetInput, ModelOutput, RunDetail } from '#contract/run.ts'
import { formatCount, formatStep } from '#lib/format.ts'
import { Chip } from '#ui/chip.tsx'

import { RailRow, RailSection } from './rail.tsx'

import styles from './rail.module.css'

const shownFirst = 8

/** Datasets that went into a run, models that it read and made, with what the registry says of them. */
export function DataAndModels({ run }: { run: Pick<RunDetail, 'id' | 'datasets' | 'models'> }) {
  const [all, setAll] = useState(false)
  const { datasets, models } = run
  const total = datasets.length + models.length
  if (total === 0) return null
  const limit = all ? total : shownFirst
  return (
    <RailSection title="Data and models">
      <dl className={styles['rows']}>
        {datasets.slice(0, limit).map((dataset, index) => (
          // The same dataset may stand twice, in two contexts or one.
          // oxlint-disable-next-line react/no-array-index-key
          <DatasetRow key={index} dataset={dataset} />
        ))}
        {models.slice(0, Math.max(0, limit - datasets.length)).map((model, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <ModelRow key={index} run={run.id} model={model} />
        ))}
      </dl>
      {total > shownFirst && (
        <button type="button" className={styles['more']} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `${formatCount(total - shownFirst)} more`}
        </button>
      )}
    </RailSection>
  )
}

function DatasetRow({ dataset: { name, digest, context, source, sourceType } }: { dataset: DatasetInput }) {
  return (
    <RailRow label="Data in">
      <span className={styles['withIcon']} title={[name, sourceType, source].filter(Boolean).join('\n')}>
        <Database />
        <span className={styles['cut']}>{name}</span>
      </span>
      {digest !== '' && (
        <code className={styles['quiet']} title={`Digest: ${digest}`}>
          {digest.slice(0, 8)}
        </code>
      )}
      {context !== '' && <Chip className={styles['chip']}>{context}</Chip>}
    </RailRow>
  )
}

function ModelRow({ run, model: { id, name, direction, step, status, type, versions } }: { run: string; model: ModelOutput }) {
  const title = [id, type, step === 0 ? '' : `step ${formatStep(step)}`].filter(Boolean).join('\n')
  return (
    <RailRow label={direction === 'input' ? 'Model in' : 'Model out'}>
      <span className={styles['withIcon']} title={title}>
        <Box />
        {id === '' ? (
          <span className={styles['cut']}>{name}</span>
        ) : (
          <Link to="/runs/$run" params={{ run }} search={{ tab: 'artifacts', model: id }} className={styles['cut']}>
            {name}
          </Link>
        )}
      </span>
      {step !== 0 && <span className={styles['quiet']}>step {formatStep(step)}</span>}
      {status !== '' && !/ready/i.test(status) && (
        <Chip className={styles['chip']} look="warn">
          {status}
        </Chip>
      )}
      {versions.map(({ model, version, stage, aliases }) => (
        <span key={`${model} ${version}`} className={styles['withIcon']} title={`${model}, version ${version} in the registry`}>
          {model !== name && <span className={styles['cut']}>{model}</span>}
          <span className={styles['quiet']}>v{version}</span>
          {[...(stage === '' || stage === 'None' ? [] : [stage]), ...aliases].map(word => (
            <Chip key={word} className={styles['chip']}>
              {word}
            </Chip>
          ))}
        </span>
      ))}
    </RailRow>
  )
}
