import { useRunColor } from './run-looks.tsx'

import styles from './run-swatch.module.css'

/** The run's colour, as it is in every chart. `size` in px. */
export function RunSwatch({ run, size = 10 }: { run: string; size?: number }) {
  const background = useRunColor(run)
  return <span className={styles['swatch']} aria-hidden="true" style={{ background, width: size, height: size }} />
}
