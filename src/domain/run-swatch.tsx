import { runColor } from './run-color.ts'

import styles from './run-swatch.module.css'

/** The run's colour, as it is in every chart. `size` in px. */
export function RunSwatch({ run, size = 10 }: { run: string; size?: number }) {
  return <span className={styles['swatch']} aria-hidden="true" style={{ background: runColor(run), width: size, height: size }} />
}
