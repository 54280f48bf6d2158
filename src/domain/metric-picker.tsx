/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a list under a text field, which no <select> can be */
import { Search } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'

import { formatPlural } from '#lib/format.ts'
import { Dialog } from '#ui/dialog.tsx'
import { TextField } from '#ui/text-field.tsx'

import { optionId } from './completion-menu.tsx'
import { keysWith, useKeys, type KeySource } from './metric-keys.ts'

import styles from './metric-picker.module.css'

/** Keys that are listed; a search finds the others. */
const mostListed = 100

interface MetricPickerProps {
  keys: KeySource
  /** The chosen one. */
  value: string | null
  onPick: (key: string) => void
  onClose: () => void
  finalFocus: () => HTMLElement | null
}

/** Lets choose the metric of the horizontal axis, found by part of its key. */
export function MetricPicker({ keys, value, onPick, onClose, finalFocus }: MetricPickerProps) {
  const { metrics, complete } = useKeys(keys)
  const [search, setSearch] = useState('')
  const found = keysWith(metrics, search)
  const listed = found.slice(0, mostListed)
  const [at, setAt] = useState<number | null>(null)
  const chosen = Math.min(at ?? Math.max(0, search === '' ? listed.indexOf(value ?? '') : 0), listed.length - 1)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })

  function pick(key: string | undefined): void {
    if (key === undefined) return
    onPick(key)
    onClose()
  }
  function onKeyDown(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key]
    if (by !== undefined) setAt(Math.max(0, Math.min(listed.length - 1, chosen + by)))
    else if (event.key === 'Enter') pick(listed[chosen])
    else return
    event.preventDefault()
  }

  return (
    <Dialog
      open
      onOpenChange={open => open || onClose()}
      title="Metric of the horizontal axis"
      initialFocus={field}
      finalFocus={finalFocus}
    >
      <TextField
        ref={field}
        label="Find a metric"
        placeholder="Find a metric"
        icon={<Search />}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={chosen >= 0 ? optionId(id, chosen) : undefined}
        value={search}
        onValueChange={text => {
          setSearch(text)
          setAt(null)
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={id} role="listbox" aria-label="Metrics" className={styles['list']}>
        {listed.map((key, index) => (
          <div
            key={key}
            id={optionId(id, index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={styles['item']}
            title={key}
            onMouseMove={() => index !== chosen && setAt(index)}
            onClick={() => pick(key)}
            onKeyDown={event => event.key === 'Enter' && pick(key)}
          >
            {key}
          </div>
        ))}
      </div>
      <p className={styles['note']} role="status">
        {complete && found.length === 0
          ? 'No metric has this in its key.'
          : found.length > listed.length && `and ${formatPlural(found.length - listed.length, 'other', 'others')}: type to find one`}
      </p>
    </Dialog>
  )
}
