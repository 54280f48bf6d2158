import { useQuery } from '@tanstack/react-query'

import { mediaTextQuery } from '#data/media.ts'
import { Bar, Failed, Loading } from '#ui/states.tsx'

import styles from './media-tab.module.css'

/** The text of a tag at a step as it was logged; a table where it is one. */
export function LoggedText({ run, tag, step }: { run: string; tag: string; step: string }) {
  const { data, error } = useQuery(mediaTextQuery(run, tag, step))
  if (error && !data) return <Failed what="This text cannot be shown." error={error} />
  if (!data) {
    return (
      <Loading>
        <div className={styles['text']}>
          <Bar width="80%" />
        </div>
      </Loading>
    )
  }
  const { texts, columns } = data
  const rows = Array.from({ length: Math.ceil(texts.length / columns) }, (_, row) => texts.slice(row * columns, (row + 1) * columns))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls where it is long, with the keys too
    <section className={styles['text']} aria-label={`Text of ${tag}`} tabIndex={0}>
      {columns > 1 ? (
        <table>
          <tbody>
            {rows.map((cells, row) => (
              <tr key={row}>
                {cells.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        texts.map((text, index) => <p key={index}>{text}</p>)
      )}
    </section>
  )
}
