import { Bar, Loading } from '#ui/states.tsx'

import styles from './compare-page.module.css'

/** The page before its runs are here. */
export function CompareFrame() {
  return (
    <Loading>
      <div className={styles['frame']}>
        <Bar width="480px" height="28px" />
        {Array.from({ length: 12 }, (_, row) => (
          <Bar key={row} width={`${52 - (row % 4) * 6}%`} />
        ))}
      </div>
    </Loading>
  )
}
