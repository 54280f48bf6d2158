import { Link } from '@tanstack/react-router'
import { Calendar, CornerLeftUp, Database, FolderOpen, GitBranch, Server, Timer, User } from 'lucide-react'
import type { ReactNode } from 'react'

import type { RunDetail } from '#contract/run.ts'
import { StatusMark } from '#domain/run-status.tsx'
import { RunSwatch } from '#domain/run-swatch.tsx'
import { formatDate } from '#lib/format-time.ts'
import { formatCount } from '#lib/format.ts'
import { Chip } from '#ui/chip.tsx'

import { commitText, durationText, shortPath, userTags, wholePath } from './run-facts.ts'

import styles from './run-head.module.css'

const mostChips = 6

interface RunHeadProps {
  run: RunDetail
  now: number
}

/** Name, status and tags of a run, and below them its facts in one line. */
export function RunHead({ run, now }: RunHeadProps) {
  const tags = userTags(run.tags)
  return (
    <header className={styles['head']}>
      <div className={styles['title']}>
        <div className={styles['named']}>
          <RunSwatch run={run.id} size={14} />
          <h1 className={styles['name']}>{run.name}</h1>
        </div>
        <StatusMark status={run.status} />
        {tags.length > 0 && (
          <ul className={styles['chips']} aria-label="Tags">
            {tags.slice(0, mostChips).map(({ key, value }) => (
              <li key={key} title={`${key}: ${value}`}>
                <Chip className={styles['chip']}>
                  <span className={styles['chipKey']}>{key}</span>
                  <span className={styles['chipValue']}>{value}</span>
                </Chip>
              </li>
            ))}
            {tags.length > mostChips && (
              <li>
                <Link to="/runs/$run" params={{ run: run.id }} search={{ tab: 'tags' }} className={styles['more']}>
                  {formatCount(tags.length - mostChips)} more
                </Link>
              </li>
            )}
          </ul>
        )}
      </div>
      <ul className={styles['facts']} aria-label="Facts">
        {facts(run, now)}
      </ul>
    </header>
  )
}

function facts(run: RunDetail, now: number): ReactNode[] {
  const duration = durationText(run, now)
  const { commit, branch, dirty } = run.git
  const [place] = run.places
  return [
    run.user !== '' && <Fact key="user" icon={<User />} name="User" text={run.user} />,
    run.start !== null && <Fact key="start" icon={<Calendar />} name="Started" text={formatDate(run.start)} />,
    duration !== '' && <Fact key="duration" icon={<Timer />} name="Duration" text={duration} />,
    run.host !== '' && <Fact key="host" icon={<Server />} name="Host" text={run.host} />,
    commit !== '' && (
      <Fact key="git" icon={<GitBranch />} name="Commit" title={commit} text={<code>{commitText(commit, branch)}</code>}>
        {dirty && <span className={styles['aside']}>uncommitted changes</span>}
      </Fact>
    ),
    run.parent && (
      <Fact
        key="parent"
        icon={<CornerLeftUp />}
        name="Parent run"
        text={
          <Link to="/runs/$run" params={{ run: run.parent.id }}>
            {run.parent.name}
          </Link>
        }
      />
    ),
    place && (
      <Fact
        key="place"
        icon={place.path === '' ? <Database /> : <FolderOpen />}
        name={place.path === '' ? 'Database' : 'Folder'}
        title={wholePath(place)}
        text={<code>{shortPath(place)}</code>}
      />
    ),
  ].filter(Boolean)
}

interface FactProps {
  icon: ReactNode
  /** What the fact is, for screen readers and the tooltip. */
  name: string
  text: ReactNode
  /** The whole text, where `text` is shortened. */
  title?: string
  children?: ReactNode
}

function Fact({ icon, name, text, title, children }: FactProps) {
  return (
    <li className={styles['fact']} title={title === undefined ? name : `${name}: ${title}`}>
      {icon}
      <span className="visually-hidden">{name}: </span>
      <span className={styles['factText']}>{text}</span>
      {children}
    </li>
  )
}
