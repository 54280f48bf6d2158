import { Outlet } from '@tanstack/react-router'

import { useConnection } from '#data/connection.ts'
import { formatClock } from '#lib/format-time.ts'
import { PageNotice } from '#ui/page-notice.ts'

import { Sidebar } from './sidebar.tsx'

import styles from './shell.module.css'

/** The frame of every page: sidebar at the left, the page beside it. */
export function Shell() {
  const lostAt = useConnection(state => state.lostAt)
  return (
    <div className={styles['shell']}>
      <a className={styles['skip']} href="#main">
        Skip to content
      </a>
      <Sidebar />
      <main id="main" className={styles['main']}>
        <PageNotice value={lostAt === null ? null : `Not connected since ${formatClock(lostAt)}. Trying again.`}>
          <Outlet />
        </PageNotice>
      </main>
    </div>
  )
}
