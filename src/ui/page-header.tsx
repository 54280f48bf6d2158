import { use, type ReactNode } from 'react'

import { PageNotice } from './page-notice.ts'

import styles from './page-header.module.css'

interface PageHeaderProps {
  /** Links to the pages above, each a node; the page's own name comes last. */
  breadcrumb: readonly { key: string; node: ReactNode }[]
  /** Tabs, views or a count beside the name. */
  children?: ReactNode
  /** Buttons at the right, at most one of them filled. */
  actions?: ReactNode
}

/** The 48-px header of a page: where it is, what it shows, what can be done. */
export function PageHeader({ breadcrumb, children, actions }: PageHeaderProps) {
  const notice = use(PageNotice)
  return (
    <>
      <header className={styles['header']}>
        <nav aria-label="Breadcrumb" className={styles['trail']}>
          <ol className={styles['crumbs']}>
            {breadcrumb.map(({ key, node }, index) => (
              <li key={key} className={styles['crumb']} aria-current={index === breadcrumb.length - 1 ? 'page' : undefined}>
                {node}
              </li>
            ))}
          </ol>
        </nav>
        {children}
        <div className={styles['actions']}>{actions}</div>
      </header>
      {notice !== null && <output className={styles['notice']}>{notice}</output>}
    </>
  )
}
