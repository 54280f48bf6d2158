import { ListFilter } from 'lucide-react'
import { useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { flushSync } from 'react-dom'

import type { Span } from '#contract/filter/ast.ts'
import { CompletionMenu, optionId, type CompletionItem } from '#domain/completion-menu.tsx'
import { PaintedInput } from '#domain/painted-input.tsx'
import { classNames } from '#lib/class-names.ts'
import { formatCount } from '#lib/format.ts'
import { Kbd } from '#ui/kbd.tsx'

import { highlight } from './filter-highlight.ts'
import { useCompletion } from './use-completion.ts'
import { useFilterDraft } from './use-filter-draft.ts'

import styles from './filter-bar.module.css'

export interface FilterField {
  /** Focuses the field with the caret at its end, ` and ` before it where a condition is to be added. */
  focus: (options?: { add?: boolean }) => void
  /** Focuses the field with a part of its text selected. */
  select: (span: Span) => void
}

interface FilterBarProps {
  project: string
  filter: string
  onFilter: (filter: string) => void
  /** Runs that match, and runs of the project; null before the first answer. */
  total: number | null
  all: number | null
  /** What the server says against the applied filter. */
  refused: string | null
  /** The applied filter in words; an error stands in its place, so that nothing moves. */
  chips: ReactNode
  tools: ReactNode
  ref: Ref<FilterField>
}

/** The filter over table and charts alike: highlighted as it is typed, applied as soon as it can be read. */
export function FilterBar({ project, filter, onFilter, total, all, refused, chips, tools, ref }: FilterBarProps) {
  const draft = useFilterDraft(filter, onFilter)
  const { text, error } = draft
  const input = useRef<HTMLInputElement>(null)
  const [focused, setFocused] = useState(false)
  const [closed, setClosed] = useState(true)
  const [caret, setCaret] = useState(0)
  const [offset, setOffset] = useState(0)
  const [choice, setChoice] = useState<{ for: string; index: number } | null>(null)
  const menuId = useId()
  const errorId = useId()

  const { completion, items, title } = useCompletion(project, text, caret, focused && !closed)
  const open = completion !== null && items.length > 0
  const place = `${completion?.start} ${completion?.typed} ${completion?.expects}`
  const typedWhole = items.some(item => completion !== null && item.insert.trim() === text.slice(completion.start, completion.end))
  const preferred = completion && completion.typed !== '' && !typedWhole && items[0]?.match ? 0 : -1
  const chosen = !open ? -1 : choice?.for === place && choice.index < items.length ? choice.index : preferred

  // While the menu offers how to go on, an error at the word under the caret is only something unfinished.
  const unfinished = focused && error !== null && completion !== null && open && error.start >= completion.start
  const complaint = error !== null && draft.settled && !unfinished ? error : null
  const message = complaint?.message ?? refused

  useImperativeHandle(ref, () => ({
    focus: ({ add = false } = {}) => {
      const element = input.current
      if (!element) return
      const next = add && text.trim() !== '' ? `${text.trimEnd()} and ` : text
      flushSync(() => {
        if (next !== text) draft.setText(next)
        setClosed(false)
        setCaret(next.length)
      })
      element.focus()
      element.setSelectionRange(next.length, next.length)
    },
    select: span => {
      input.current?.focus()
      input.current?.setSelectionRange(span.start, span.end)
    },
  }))

  function insert(item: CompletionItem): void {
    if (!completion || !input.current) return
    const after = text.slice(completion.end)
    const inserted = after.startsWith(' ') ? item.insert.trimEnd() : item.insert
    const next = text.slice(0, completion.start) + inserted + after
    const position = completion.start + inserted.length + (after.startsWith(' ') && item.insert.endsWith(' ') ? 1 : 0)
    // At once: a caret set in the next frame would jump behind what was typed meanwhile.
    flushSync(() => {
      draft.setText(next)
      setCaret(position)
    })
    input.current.setSelectionRange(position, position)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const item = items[chosen === -1 ? 0 : chosen]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!open) {
        setClosed(false)
        setCaret(event.currentTarget.selectionStart ?? text.length)
      } else {
        const by = event.key === 'ArrowDown' ? 1 : -1
        setChoice({ for: place, index: chosen === -1 ? (by > 0 ? 0 : items.length - 1) : (chosen + by + items.length) % items.length })
      }
      event.preventDefault()
    } else if (event.key === 'Tab' && open && item && !event.shiftKey) {
      insert(item)
      event.preventDefault()
    } else if (event.key === 'Enter') {
      if (open && chosen >= 0 && item) insert(item)
      else {
        draft.applyNow()
        setClosed(true)
      }
      event.preventDefault()
    } else if (event.key === 'Escape') {
      if (open) setClosed(true)
      else event.currentTarget.blur()
      event.preventDefault()
    }
  }

  return (
    <div className={styles['bar']}>
      <div className={styles['typed']}>
        <div className={classNames(styles['field'], message !== null && styles['wrong'])}>
          <ListFilter className={styles['icon']} />
          <PaintedInput
            ref={input}
            parts={highlight(text, complaint)}
            example={
              <span className={styles['example']}>
                <span>Filter runs, for example </span>
                {"params.lr < 0.01 and status = 'finished'"}
              </span>
            }
            value={text}
            aria-label="Filter runs"
            aria-expanded={open}
            aria-controls={menuId}
            aria-activedescendant={chosen >= 0 ? optionId(menuId, chosen) : undefined}
            aria-invalid={message !== null}
            aria-describedby={message === null ? undefined : errorId}
            onChange={event => {
              draft.setText(event.target.value)
              setCaret(event.target.selectionStart ?? event.target.value.length)
              setClosed(false)
            }}
            onSelect={event => setCaret(event.currentTarget.selectionStart ?? 0)}
            onScrolled={setOffset}
            onFocus={() => setFocused(true)}
            onBlur={() => {
              setFocused(false)
              setClosed(true)
              draft.applyNow()
            }}
            onKeyDown={onKeyDown}
            onMouseDown={() => setClosed(false)}
          />
          {!focused && text === '' && <Kbd>/</Kbd>}
          <Count total={total} all={all} filtered={filter !== ''} />
        </div>
        {open && (
          <div className={styles['menu']} style={{ left: `max(0px, calc(40px + ${completion.start} * 1ch - ${offset}px - 33px))` }}>
            <CompletionMenu
              id={menuId}
              project={project}
              title={title}
              items={items}
              chosen={chosen}
              onChoose={index => setChoice({ for: place, index })}
              onInsert={insert}
            />
          </div>
        )}
      </div>
      <div className={styles['row']}>
        {message === null ? (
          chips
        ) : (
          <p id={errorId} className={styles['error']} role="alert">
            {message}
            {complaint?.nearest !== undefined && ` Did you mean ${complaint.nearest}?`}
          </p>
        )}
        {tools}
      </div>
    </div>
  )
}

/** How many runs match, said politely to screen readers as it changes. */
function Count({ total, all, filtered }: { total: number | null; all: number | null; filtered: boolean }) {
  if (total === null || all === null) return null
  return (
    <output className={styles['count']}>
      <strong>{formatCount(total)}</strong>
      {filtered && ` of ${formatCount(all)}`} {(filtered ? all : total) === 1 ? 'run' : 'runs'}
    </output>
  )
}
