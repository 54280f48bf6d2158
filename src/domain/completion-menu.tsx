/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a list under a text field, which no <select> can be */
import { useQuery } from '@tanstack/react-query'
import { ChartLine, CircleDot, Quote, SlidersHorizontal, Tag, Type } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'

import type { KeyEntry } from '#contract/runs-page.ts'
import { valuesQuery } from '#data/keys.ts'
import { formatPlural } from '#lib/format.ts'
import { Kbd } from '#ui/kbd.tsx'

import styles from './completion-menu.module.css'

/** One line of the completion menu. */
export interface CompletionItem {
  id: string
  icon: KeyEntry['kind'] | 'value' | 'word'
  /** What is shown; `match` is the part that was typed, null where none stands out. */
  text: string
  match: { start: number; end: number } | null
  note: string
  /** What takes the place of the word under the caret. */
  insert: string
  /** Key whose values are worth a look beside the list. */
  operand: string | null
}

const icons: Record<CompletionItem['icon'], ReactNode> = {
  metric: <ChartLine />,
  param: <SlidersHorizontal />,
  tag: <Tag />,
  attribute: <CircleDot />,
  value: <Quote />,
  word: <Type />,
}

interface CompletionMenuProps {
  id: string
  project: string
  title: string
  items: readonly CompletionItem[]
  /** Index of the chosen line, −1 for none. */
  chosen: number
  onChoose: (index: number) => void
  onInsert: (item: CompletionItem) => void
}

/** Id of a line, for `aria-activedescendant`. */
export function optionId(menuId: string, index: number): string {
  return `${menuId}-${index}`
}

/** The menu under a field: what fits at the caret, and the values seen for the chosen key beside it. */
export function CompletionMenu({ id, project, title, items, chosen, onChoose, onInsert }: CompletionMenuProps) {
  const list = useRef<HTMLDivElement>(null)
  const operand = items[chosen]?.operand ?? null
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })
  return (
    // Focus stays in the field: a press here must not take it away.
    <div className={styles['menu']} onMouseDown={event => event.preventDefault()} role="presentation">
      <div className={styles['columns']}>
        <div className={styles['main']}>
          <div className={styles['title']}>{title}</div>
          <div ref={list} id={id} role="listbox" aria-label={title} className={styles['list']}>
            {items.map((item, index) => (
              <div
                key={item.id}
                id={optionId(id, index)}
                role="option"
                tabIndex={-1}
                aria-selected={index === chosen}
                className={styles['item']}
                onMouseMove={() => index !== chosen && onChoose(index)}
                onClick={() => onInsert(item)}
                onKeyDown={event => event.key === 'Enter' && onInsert(item)}
              >
                {icons[item.icon]}
                <code className={styles['text']}>
                  <Marked text={item.text} match={item.match} />
                </code>
                <span className={styles['note']}>{item.note}</span>
              </div>
            ))}
          </div>
        </div>
        {operand !== null && <ValuesSeen project={project} operand={operand} />}
      </div>
      <div className={styles['foot']}>
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> choose
        </span>
        <span>
          <Kbd>Tab</Kbd> insert
        </span>
        <span>
          <Kbd>Esc</Kbd> close
        </span>
      </div>
    </div>
  )
}

function Marked({ text, match }: Pick<CompletionItem, 'text' | 'match'>) {
  if (!match) return text
  return (
    <>
      {text.slice(0, match.start)}
      <mark className={styles['match']}>{text.slice(match.start, match.end)}</mark>
      {text.slice(match.end)}
    </>
  )
}

function ValuesSeen({ project, operand }: { project: string; operand: string }) {
  const { data } = useQuery(valuesQuery({ project, operand, limit: 8 }))
  const most = Math.max(1, ...(data?.values.map(value => value.runs) ?? []))
  return (
    <div className={styles['values']}>
      <div className={styles['title']}>Values seen</div>
      <ul>
        {data?.values.map(({ value, runs }) => (
          <li key={value} className={styles['seen']}>
            <code className={styles['text']}>{value}</code>
            <span className={styles['note']}>{formatPlural(runs, 'run')}</span>
            <span className={styles['share']} style={{ width: `${(runs / most) * 100}%` }} />
          </li>
        ))}
      </ul>
      {data && data.distinct > data.values.length && (
        <div className={styles['more']}>and {formatPlural(data.distinct - data.values.length, 'other', 'others')}</div>
      )}
    </div>
  )
}
