import { Ban, CircleAlert, CircleCheck, Clock, FileX2, Loader, Trash2, TriangleAlert } from 'lucide-react'

import type { RunStatus } from '#contract/run.ts'

import styles from './run-status.module.css'

const statuses = {
  running: { word: 'Running', Icon: Loader },
  finished: { word: 'Finished', Icon: CircleCheck },
  failed: { word: 'Failed', Icon: CircleAlert },
  killed: { word: 'Killed', Icon: Ban },
  scheduled: { word: 'Scheduled', Icon: Clock },
} as const

/** Status of a run as icon and word. */
export function StatusMark({ status }: { status: RunStatus }) {
  const { word, Icon } = statuses[status]
  return (
    <span className={styles['mark']} data-look={status}>
      <Icon />
      {word}
    </span>
  )
}

interface RunMarksProps {
  run: { status: RunStatus; deleted: boolean; conflict: boolean; missing: boolean }
}

/** What is unusual about a run, each as icon and word: a finished run that is where it was shows nothing. */
export function RunMarks({ run: { status, deleted, conflict, missing } }: RunMarksProps) {
  return (
    <>
      {status !== 'finished' && <StatusMark status={status} />}
      {deleted && (
        <span className={styles['mark']} data-look="deleted">
          <Trash2 />
          Deleted
        </span>
      )}
      {conflict && (
        <span className={styles['mark']} data-look="conflict" title="Another run has the same id and other content">
          <TriangleAlert />
          Conflict
        </span>
      )}
      {missing && (
        <span className={styles['mark']} data-look="missing" title="Its files are gone; what was read of them stays">
          <FileX2 />
          Files gone
        </span>
      )}
    </>
  )
}
