import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useMatch } from '@tanstack/react-router'
import { FolderOpen, PanelLeft, Search } from 'lucide-react'
import { useState } from 'react'

import { projectsQuery } from '#data/projects.ts'
import { runQuery } from '#data/run.ts'
import { anyReading, sourcesQuery } from '#data/sources.ts'
import { classNames } from '#lib/class-names.ts'
import { formatCount } from '#lib/format.ts'
import { IconButton } from '#ui/icon-button.tsx'
import { Logo } from '#ui/logo.tsx'
import { Popover } from '#ui/popover.tsx'
import { setPreferences, usePreferences } from '#ui/preferences.ts'
import { TextField } from '#ui/text-field.tsx'

import { projectLabels } from './project-labels.ts'
import { SourcesLink } from './sources-link.tsx'
import { ThemeMenu } from './theme-menu.tsx'

import styles from './sidebar.module.css'

/** From this many projects on, a field finds one by part of its name. */
const searchFrom = 12

/** Projects, sources and theme; 232 px wide, or a rail of 48 px when the user closed it. */
export function Sidebar() {
  const open = usePreferences(preferences => preferences.sidebarOpen)
  const pathname = useLocation({ select: location => location.pathname })
  const toggle = (
    <IconButton
      label={open ? 'Close sidebar' : 'Open sidebar'}
      icon={<PanelLeft />}
      aria-expanded={open}
      onClick={() => setPreferences({ sidebarOpen: !open })}
    />
  )
  return (
    <aside className={classNames(styles['sidebar'], !open && styles['rail'])} aria-label="Readout">
      <div className={styles['brand']}>
        <Link to="/" className={styles['home']} aria-label="Readout">
          <Logo />
          {open && <span>Readout</span>}
        </Link>
        {open && toggle}
      </div>
      {open ? (
        <nav aria-label="Projects" className={styles['projects']}>
          <h2 className={styles['heading']}>Projects</h2>
          <Projects />
        </nav>
      ) : (
        <div className={styles['railItems']}>
          <Popover
            key={pathname} // a chosen project closes it
            label="Projects"
            side="right"
            className={styles['railList']}
            trigger={
              <button type="button" className={styles['railButton']} aria-label="Projects" title="Projects">
                <FolderOpen />
              </button>
            }
          >
            <Projects />
          </Popover>
        </div>
      )}
      <div className={styles['foot']}>
        <SourcesLink open={open} />
        <ThemeMenu open={open} />
        {!open && toggle}
      </div>
    </aside>
  )
}

function Projects() {
  const sources = useQuery(sourcesQuery())
  const projects = useQuery(projectsQuery(anyReading(sources.data)))
  // A run belongs to a project, which stays marked while the run is looked at.
  const run = useMatch({ from: '/runs/$run', shouldThrow: false, select: match => match.params.run })
  const { data: shown } = useQuery({ ...runQuery(run ?? ''), enabled: run !== undefined })
  const [search, setSearch] = useState('')
  if (!projects.data) return null
  const labels = projectLabels(projects.data)
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = projects.data.filter(project => words.every(word => `${project.name} ${project.source}`.toLowerCase().includes(word)))
  return (
    <>
      {projects.data.length >= searchFrom && (
        <TextField
          className={styles['search']}
          label="Find a project"
          placeholder="Find a project"
          icon={<Search />}
          value={search}
          onValueChange={setSearch}
        />
      )}
      <ul className={styles['list']}>
        {found.map(project => (
          <li key={project.id}>
            <Link
              to="/projects/$project"
              params={{ project: project.id }}
              className={classNames(styles['project'], run !== undefined && project.id === shown?.project.id && styles['active'])}
              activeProps={{ className: styles['active'] ?? '' }}
              activeOptions={{ includeSearch: false }}
              title={`${project.name}\n${project.source}`}
            >
              <span className={styles['name']}>
                {project.name}
                {labels.get(project.id) && <span className={styles['source']}>{labels.get(project.id)}</span>}
              </span>
              {project.running > 0 && (
                <span className={styles['running']} title={`${formatCount(project.running)} running`}>
                  {formatCount(project.running)}
                  <span className="visually-hidden"> running</span>
                </span>
              )}
              <span className={styles['count']}>{formatCount(project.runs)}</span>
            </Link>
          </li>
        ))}
        {found.length === 0 && <li className={styles['none']}>{search ? 'No project has this name.' : 'No projects yet.'}</li>}
      </ul>
    </>
  )
}
