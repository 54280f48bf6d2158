import type { ReactNode } from 'react'

import { classNames } from '#lib/class-names.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

import styles from './table-dialog.module.css'

interface TableDialogProps {
  title: string
  description: string
  /** Name of the table for screen readers. */
  label: string
  heads: readonly string[]
  rows: readonly (readonly string[])[]
  /** The first column holds names, which may be cut, and no numbers. */
  named?: boolean
  /** Acts before the one that closes it. */
  actions?: ReactNode
  onClose: () => void
}

/** What a chart draws as a table, which scrolls. */
export function TableDialog({ title, description, label, heads, rows, named = false, actions, onClose }: TableDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={open => open || onClose()}
      title={title}
      description={description}
      actions={
        <>
          {actions}
          <Button look="outline" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <section className={styles['scroll']} tabIndex={0} aria-label={label}>
        <table className={classNames(styles['table'], named && styles['named'])}>
          <thead>
            <tr>
              {heads.map((head, column) => (
                <th key={column} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((text, column) => (
                  <td key={column}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Dialog>
  )
}
