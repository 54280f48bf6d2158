import type { SourceEntry } from '#contract/source.ts'
import { formatCount } from '#lib/format.ts'

import { issuePath } from './source-words.ts'

import styles from './sources.module.css'

/** What a reader could not take: file, line and reason. */
export function IssueList({ source: { path: root, issueList, issues, name } }: { source: SourceEntry }) {
  return (
    <>
      {issues > issueList.length && (
        <p className={styles['listed']}>
          First {formatCount(issueList.length)} of {formatCount(issues)} issues
        </p>
      )}
      {/* Focusable, since keys must scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul tabIndex={0} className={styles['list']} aria-label={`Issues of ${name || root}`}>
        {issueList.map(({ path, line, reason }, index) => {
          const file = issuePath(path, root)
          return (
            // Two issues may be alike in all they say.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} className={styles['issue']}>
              {file !== '' && (
                <code className={styles['file']} title={path}>
                  {file}
                  {line !== null && <span className={styles['line']}>:{line}</span>}
                </code>
              )}
              <span className={styles['reason']}>{reason}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
