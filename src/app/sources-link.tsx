import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { HardDrive } from 'lucide-react'

import type { SourceEntry } from '#contract/source.ts'
import { anyReading, sourcesQuery } from '#data/sources.ts'
import { formatCount } from '#lib/format.ts'

import styles from './sidebar.module.css'

/** Part of the known runs that has been read, 0 to 1; of the sources where a scan has not ended. */
export function readPart(sources: readonly Pick<SourceEntry, 'state' | 'runs' | 'runsFound'>[]): number {
  const opened = sources.filter(source => source.state !== 'closed')
  const parts = opened.map(source => {
    if (source.state === 'waiting') return 0
    if (source.state !== 'reading') return 1
    return source.runsFound ? Math.min(1, source.runs / source.runsFound) : 0
  })
  return parts.length === 0 ? 1 : parts.reduce((sum, part) => sum + part, 0) / parts.length
}

/** The way to the Sources page, with how many are read and a bar while reading goes on. */
export function SourcesLink({ open }: { open: boolean }) {
  const { data: sources } = useQuery(sourcesQuery())
  const opened = sources?.filter(source => source.state !== 'closed') ?? []
  const read = opened.filter(source => source.state === 'ready' || source.state === 'empty').length
  const failed = opened.filter(source => source.state === 'failed').length
  const reading = anyReading(sources)
  return (
    <div className={styles['sources']}>
      <Link
        to="/sources"
        className={open ? styles['footItem'] : styles['railButton']}
        activeProps={{ className: styles['active'] ?? '' }}
        {...(!open && { 'aria-label': 'Sources', title: 'Sources' })}
      >
        <HardDrive />
        {open && <span className={styles['name']}>Sources</span>}
        {open && failed > 0 && <span className={styles['failed']}>{formatCount(failed)} failed</span>}
        {open && opened.length > 0 && failed === 0 && (
          <span className={styles['count']}>
            {formatCount(read)} of {formatCount(opened.length)} read
          </span>
        )}
      </Link>
      {reading && <progress className={styles['progress']} aria-label="Reading sources" value={readPart(opened)} max={1} />}
    </div>
  )
}
