import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useId, useState } from 'react'

import { bandKind, type BandKind } from '#contract/band.ts'
import { parseOperand } from '#contract/operand-text.ts'
import type { KeyEntry } from '#contract/runs-page.ts'
import { keysQuery } from '#data/keys.ts'
import { bandTexts } from '#domain/band-text.ts'
import { formatCount } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/checkbox.tsx'
import { Failed } from '#ui/states.tsx'
import { TextField } from '#ui/text-field.tsx'

import styles from './group-editor.module.css'

/** Keys that are listed; the rest are found by their names. */
const listed = 60
/** Operands that groups are made by at once. */
const mostOperands = 4

interface GroupEditorProps {
  project: string
  group: readonly string[]
  band: BandKind
  onChange: (next: { group?: string; band?: string }) => void
}

/** By what the runs of the charts are grouped, and what is drawn of a group. */
export function GroupEditor({ project, group, band, onChange }: GroupEditorProps) {
  const name = useId()
  const [search, setSearch] = useState('')
  const ask = { project, search, limit: listed }
  const params = useQuery({ ...keysQuery({ ...ask, kind: 'param' }), placeholderData: keepPreviousData })
  const tags = useQuery({ ...keysQuery({ ...ask, kind: 'tag' }), placeholderData: keepPreviousData })
  const found = [...(params.data?.keys ?? []), ...(tags.data?.keys ?? [])].toSorted((a, b) => rank(a) - rank(b))
  const shown = [...group, ...found.map(({ operand }) => operand).filter(operand => !group.includes(operand))]
  const coverage = new Map(found.map(({ operand, runs }) => [operand, runs]))
  const toggle = (operand: string, on: boolean) =>
    onChange({ group: (on ? [...group, operand] : group.filter(other => other !== operand)).join(',') })
  return (
    <div className={styles['editor']}>
      <TextField label="Find a param or tag" placeholder="Find a param or tag" icon={<Search />} value={search} onValueChange={setSearch} />
      {params.error && <Failed what="The keys cannot be shown." error={params.error} />}
      <fieldset className={styles['keys']}>
        <legend>Group runs by</legend>
        {shown.map(operand => (
          <label key={operand} className={styles['key']} title={operand}>
            <Checkbox
              checked={group.includes(operand)}
              disabled={!group.includes(operand) && group.length >= mostOperands}
              onCheckedChange={on => toggle(operand, on)}
            />
            <code className={styles['name']}>{operandKey(operand)}</code>
            <span className={styles['count']}>{coverage.has(operand) ? formatCount(coverage.get(operand) ?? 0) : ''}</span>
          </label>
        ))}
        {shown.length === 0 && params.data && (
          <p className={styles['none']}>{search === '' ? 'These runs logged no params.' : 'No key has this name.'}</p>
        )}
      </fieldset>
      <div className={styles['rule']} />
      <fieldset className={styles['bands']}>
        <legend>Band around each group</legend>
        {bandKind.options.map(kind => (
          <label key={kind} className={styles['key']}>
            <input type="radio" name={name} checked={band === kind} onChange={() => onChange({ band: kind === 'std' ? '' : kind })} />
            {bandTexts[kind].choice}
          </label>
        ))}
      </fieldset>
      <div className={styles['foot']}>
        <span>Every point counts.</span>
        {group.length > 0 && (
          <Button size="small" onClick={() => onChange({ group: '', band: '' })}>
            Do not group
          </Button>
        )}
      </div>
    </div>
  )
}

/** What tells runs apart comes first, and what MLflow says of itself last. */
function rank({ kind, key, varies }: KeyEntry): number {
  return (varies ? 0 : 1) + (kind === 'tag' ? 2 : 0) + (key.startsWith('mlflow.') ? 4 : 0)
}

/** The key of an operand's text, as it was logged. */
function operandKey(text: string): string {
  const operand = parseOperand(text)
  return 'key' in operand ? operand.key : text
}
