import type { ChartModel } from '#charts/prepare/chart-model.ts'

import { LineSwatch } from './line-swatch.tsx'

import styles from './legend.module.css'

/** Names of the lines above a plot; grey ones are not named. */
export function Legend({ model }: { model: ChartModel }) {
  const named = model.lines.filter(line => !line.context)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
    <ul className={styles['legend']} tabIndex={0} aria-label={`Lines of ${model.title}`}>
      {named.map(line => (
        <li key={line.id} className={styles['entry']} title={line.label}>
          <LineSwatch line={line} />
          <span className={styles['label']}>{line.label}</span>
        </li>
      ))}
    </ul>
  )
}
