import { CopyX, FileX2, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'

import type { RunDetail } from '#contract/run.ts'
import { formatDate } from '#lib/format-time.ts'

import styles from './run-notices.module.css'

/** Lines above the title for what makes a run unlike others: deleted, in conflict with another one, its files gone. */
export function RunNotices({ run }: { run: Pick<RunDetail, 'deletedAt' | 'conflict' | 'places' | 'foreignId'> }) {
  const { deletedAt, conflict, places, foreignId } = run
  const missing = places.filter(place => place.missing)
  const lines: { key: string; icon: ReactNode; text: ReactNode }[] = []
  if (deletedAt !== null) {
    const when = deletedAt > 0 ? ` on ${formatDate(deletedAt)}` : ''
    lines.push({ key: 'deleted', icon: <Trash2 />, text: `This run was deleted${when}. What was logged is still shown.` })
  }
  if (conflict) {
    lines.push({
      key: 'conflict',
      icon: <CopyX />,
      text: (
        <>
          Another run has the same id, <code>{foreignId}</code>, and other content.
        </>
      ),
    })
  }
  if (missing.length > 0 && missing.length === places.length) {
    lines.push({
      key: 'missing',
      icon: <FileX2 />,
      text: 'The files of this run are gone. What was read from them is shown; artifacts are not here any more.',
    })
  } else if (missing.length > 0) {
    lines.push({ key: 'missing', icon: <FileX2 />, text: 'One of the places of this run is gone. It is shown from the other one.' })
  }
  if (lines.length === 0) return null
  return (
    <ul className={styles['notices']} aria-label="About this run">
      {lines.map(({ key, icon, text }) => (
        <li key={key} className={styles['notice']}>
          {icon}
          <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}
