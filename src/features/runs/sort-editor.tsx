import { ArrowDown, ArrowUp, X } from 'lucide-react'

import { isFilterError } from '#contract/filter/error.ts'
import { parseOperand } from '#contract/operand-text.ts'
import type { Operand } from '#contract/operand.ts'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'

import { shownColumn, type ShownColumn } from './shown-columns.ts'
import { attributeTitle } from './table-columns.tsx'
import type { RunsView } from './use-runs-view.ts'

import styles from './sort-editor.module.css'

function OperandName({ operand }: { operand: Operand }) {
  if (operand.kind === 'attribute') return attributeTitle(operand.key)
  return (
    <>
      <code>{operand.key}</code>
      {operand.kind === 'metric' && <span className={styles['aggregate']}>{operand.aggregate}</span>}
    </>
  )
}

/** What the table is sorted by, in order, and what it could be sorted by as well. */
export function SortEditor({ view, columns }: { view: RunsView; columns: readonly ShownColumn[] }) {
  const { sort, setSort } = view
  const name = shownColumn({ kind: 'attribute', key: 'run_name' })
  const others = [name, ...columns].filter(column => !sort.some(entry => entry.id === column.id))
  return (
    <div className={styles['editor']}>
      {sort.length === 0 && <p className={styles['none']}>Newest first. Choose a column to sort by:</p>}
      {sort.map(({ id, desc }, index) => {
        const operand = parseOperand(id)
        return (
          <div key={id} className={styles['entry']}>
            <span className={styles['number']}>{index + 1}</span>
            <span className={styles['name']}>{isFilterError(operand) ? <code>{id}</code> : <OperandName operand={operand} />}</span>
            <Button size="small" onClick={() => setSort(sort.map(entry => (entry.id === id ? { id, desc: !desc } : entry)))}>
              {desc ? <ArrowDown /> : <ArrowUp />}
              {desc ? 'descending' : 'ascending'}
            </Button>
            <IconButton
              size="small"
              label="Move up"
              icon={<ArrowUp />}
              disabled={index === 0}
              onClick={() =>
                setSort(sort.map((entry, at) => (at === index - 1 ? { id, desc } : at === index ? (sort[index - 1] ?? entry) : entry)))
              }
            />
            <IconButton
              size="small"
              label="Do not sort by this"
              icon={<X />}
              onClick={() => setSort(sort.filter(entry => entry.id !== id))}
            />
          </div>
        )
      })}
      {sort.length > 0 && others.length > 0 && <p className={styles['none']}>Then by</p>}
      <ul className={styles['others']}>
        {others.slice(0, 200).map(({ id, operand }) => (
          <li key={id}>
            <button
              type="button"
              className={styles['other']}
              onClick={() => setSort([...sort, { id, desc: operand.kind === 'metric' && operand.aggregate !== 'min' }])}
            >
              <OperandName operand={operand} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
