import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useState } from 'react'

import { mostCompared } from '#contract/comparison.ts'
import { projectsQuery } from '#data/projects.ts'
import { runsPageQuery } from '#data/runs.ts'
import { formatPlural } from '#lib/format.ts'
import { Checkbox } from '#ui/checkbox.tsx'
import { Failed } from '#ui/states.tsx'
import { TextField } from '#ui/text-field.tsx'

import type { Compared } from './compared.ts'
import type { CompareView } from './use-compare-view.ts'

import styles from './popover-parts.module.css'

/** Runs that are listed; the rest are found by their names. */
const listed = 40

/** Runs of any project, found by name, to be compared too. */
export function RunPicker({ view, compared }: { view: CompareView; compared: Compared }) {
  const { runs } = compared.comparison
  const projects = useQuery(projectsQuery(false)).data ?? []
  const [project, setProject] = useState(runs[0]?.project.id ?? projects[0]?.id ?? '')
  const [search, setSearch] = useState('')
  const filter = search.trim() === '' ? '' : `run_name ilike '%${search.trim().replaceAll("'", "''")}%'`
  const found = useQuery({
    ...runsPageQuery({ project, filter, sort: [], deleted: 'exclude', columns: [], offset: 0, limit: listed }, false),
    enabled: project !== '',
    placeholderData: keepPreviousData,
  })
  // By the address, which is ahead of what was answered.
  const asked = new Map(runs.map(run => [run.id, run.asked]))
  const isCompared = (id: string) => view.runs.includes(asked.get(id) ?? id)
  function toggle(id: string, on: boolean): void {
    const next = on ? [...view.runs, id] : view.runs.filter(other => other !== (asked.get(id) ?? id))
    view.change({ runs: next.join(',') })
  }
  const others = (found.data?.total ?? 0) - (found.data?.rows.length ?? 0)
  return (
    <div className={styles['editor']}>
      {projects.length > 1 && (
        <select aria-label="Project" className={styles['select']} value={project} onChange={event => setProject(event.target.value)}>
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <TextField label="Find a run" placeholder="Find a run" icon={<Search />} value={search} onValueChange={setSearch} />
      {found.error && <Failed what="The runs cannot be shown." error={found.error} />}
      <fieldset className={styles['keys']}>
        <legend>Runs to compare</legend>
        {found.data?.rows.map(({ id, name }) => (
          <label key={id} className={styles['key']} title={name}>
            <Checkbox
              checked={isCompared(id)}
              disabled={!isCompared(id) && view.runs.length >= mostCompared}
              onCheckedChange={on => toggle(id, on)}
            />
            <span className={styles['name']}>{name}</span>
          </label>
        ))}
        {found.data?.total === 0 && <p className={styles['none']}>No run has this name.</p>}
        {others > 0 && <p className={styles['none']}>and {formatPlural(others, 'other', 'others')}: type to find one</p>}
      </fieldset>
    </div>
  )
}
