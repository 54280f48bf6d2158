import { ChevronDown, ChevronRight } from 'lucide-react'
import { Fragment, useState } from 'react'

import type { SourceEntry } from '#contract/source.ts'
import { formatDuration } from '#lib/format-time.ts'
import { formatCount, formatPlural } from '#lib/format.ts'
import { CopyIconButton } from '#ui/copy-button.tsx'

import { IssueList } from './issue-list.tsx'
import { SourceStateMark } from './source-state.tsx'
import { forgetCommand } from './source-words.ts'

import styles from './sources.module.css'

/** A row for each source, with its issues below it where they are opened. Those of a failed or empty one stand open: they say why. */
export function SourcesTable({ sources }: { sources: readonly SourceEntry[] }) {
  const [toggled, setToggled] = useState<Record<string, boolean>>({})
  return (
    <div className={styles['box']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col" className={styles['format']}>
              Format
            </th>
            <th scope="col" className={styles['stateColumn']}>
              State
            </th>
            <th scope="col" className={styles['number']}>
              Runs
            </th>
            <th scope="col" className={styles['number']}>
              Points
            </th>
            <th scope="col" className={styles['number']}>
              Time taken
            </th>
            <th scope="col" className={styles['issues']}>
              Issues
            </th>
          </tr>
        </thead>
        <tbody>
          {openedFirst(sources).map(source => {
            const isOpen = source.issueList.length > 0 && (toggled[source.path] ?? (source.state === 'failed' || source.state === 'empty'))
            const id = `issues-${source.id || source.path}`
            return (
              <Fragment key={source.path}>
                <SourceRow
                  source={source}
                  issuesId={id}
                  isOpen={isOpen}
                  onToggle={() => setToggled(current => ({ ...current, [source.path]: !isOpen }))}
                />
                {isOpen && (
                  <tr id={id} className={styles['details']}>
                    <td colSpan={7}>
                      <IssueList source={source} />
                    </td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function openedFirst(sources: readonly SourceEntry[]): SourceEntry[] {
  return sources.toSorted((a, b) => Number(a.state === 'closed') - Number(b.state === 'closed'))
}

interface SourceRowProps {
  source: SourceEntry
  issuesId: string
  isOpen: boolean
  onToggle: () => void
}

function SourceRow({ source, issuesId, isOpen, onToggle }: SourceRowProps) {
  const { name, path, format, state, runs, points, issues, readMs } = source
  const Chevron = isOpen ? ChevronDown : ChevronRight
  const isCounted = state !== 'failed' && state !== 'waiting'
  return (
    <tr className={styles['row']} data-closed={state === 'closed' || undefined}>
      <th scope="row" className={styles['source']}>
        {name !== '' && name !== path && <span className={styles['name']}>{name}</span>}
        <code className={styles['path']} title={path}>
          <bdi>{path}</bdi>
        </code>
      </th>
      <td>{format || <span className={styles['none']}>none found</span>}</td>
      <td className={styles['stateColumn']}>
        <div className={styles['stateCell']}>
          <SourceStateMark source={source} />
          {state === 'closed' && <CopyIconButton label={`Copy “${forgetCommand(path)}”`} text={forgetCommand(path)} />}
        </div>
      </td>
      <td className={styles['number']}>{isCounted ? formatCount(runs) : '–'}</td>
      <td className={styles['number']}>{isCounted ? formatCount(points) : '–'}</td>
      <td className={styles['number']}>{readMs === null ? '–' : formatDuration(readMs)}</td>
      <td className={styles['issues']}>
        {issues === 0 ? (
          <span className={styles['none']}>none</span>
        ) : (
          <button
            type="button"
            className={styles['toggle']}
            aria-expanded={isOpen}
            aria-controls={isOpen ? issuesId : undefined}
            aria-label={`${formatPlural(issues, 'issue')} of ${name || path}`}
            onClick={onToggle}
          >
            <Chevron />
            {formatCount(issues)}
          </button>
        )}
      </td>
    </tr>
  )
}
