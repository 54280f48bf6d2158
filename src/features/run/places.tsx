import { Database, FolderOpen } from 'lucide-react'

import type { RunDetail } from '#contract/run.ts'
import { CopyIconButton } from '#ui/copy-button.tsx'

import { RailSection } from './rail.tsx'
import { wholePath } from './run-facts.ts'

import styles from './rail.module.css'

/** Folders, or databases, that hold the run, and its ids. */
export function Places({ run: { places, id, foreignId } }: { run: Pick<RunDetail, 'places' | 'id' | 'foreignId'> }) {
  const ids = [...new Set([foreignId, id])].filter(Boolean)
  return (
    <RailSection title={places.length > 1 ? `In ${places.length} places` : 'Place'}>
      <ul className={styles['rows']}>
        {places.map(({ source, path, missing }) => (
          <li key={`${source} ${path}`} className={styles['place']}>
            {path === '' ? <Database /> : <FolderOpen />}
            <span className={styles['path']}>
              <code>
                {path !== '' && <span className={styles['quiet']}>{source}/</span>}
                {path || source}
              </code>
              {missing && <span className={styles['gone']}> is gone</span>}
            </span>
            <CopyIconButton label="Copy path" text={wholePath({ source, path })} />
          </li>
        ))}
        {ids.map(value => (
          <li key={value} className={styles['place']}>
            <span className={styles['idLabel']}>{value === foreignId ? 'Run id' : 'Readout id'}</span>
            <span className={styles['path']}>
              <code>{value}</code>
            </span>
            <CopyIconButton label={value === foreignId ? 'Copy run id' : 'Copy Readout id'} text={value} />
          </li>
        ))}
      </ul>
    </RailSection>
  )
}
