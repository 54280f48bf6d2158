import { Search } from 'lucide-react'
import { useState } from 'react'

import { keysWith } from '#domain/metric-keys.ts'
import { formatPlural } from '#lib/format.ts'
import { Checkbox } from '#ui/checkbox.tsx'
import { TextField } from '#ui/text-field.tsx'

import styles from './popover-parts.module.css'

/** Keys that are listed; the rest are found by their names. */
const listed = 60

interface KeyChecksProps {
  legend: string
  /** `metric`, `param`: what a key is. */
  noun: string
  keys: readonly string[]
  chosen: readonly string[]
  /** So many may be chosen. */
  most: number
  onChange: (chosen: string[]) => void
}

/** Some keys of many, the chosen ones first. */
export function KeyChecks({ legend, noun, keys, chosen, most, onChange }: KeyChecksProps) {
  const [search, setSearch] = useState('')
  const others = keysWith(keys, search).filter(key => !chosen.includes(key))
  const shown = [...chosen, ...others.slice(0, listed)]
  return (
    <>
      <TextField label={`Find a ${noun}`} placeholder={`Find a ${noun}`} icon={<Search />} value={search} onValueChange={setSearch} />
      <fieldset className={styles['keys']}>
        <legend>{legend}</legend>
        {shown.map(key => (
          <label key={key} className={styles['key']} title={key}>
            <Checkbox
              checked={chosen.includes(key)}
              disabled={!chosen.includes(key) && chosen.length >= most}
              onCheckedChange={on => onChange(on ? [...chosen, key] : chosen.filter(other => other !== key))}
            />
            <code className={styles['name']}>{key}</code>
          </label>
        ))}
        {shown.length === 0 && (
          <p className={styles['none']}>{search === '' ? `There is no ${noun} to choose.` : `No ${noun} has this name.`}</p>
        )}
        {others.length > listed && (
          <p className={styles['none']}>and {formatPlural(others.length - listed, 'other', 'others')}: type to find one</p>
        )}
      </fieldset>
    </>
  )
}
