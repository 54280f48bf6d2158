import type { LineLook } from '#charts/prepare/color-rule.ts'
import { runSeries } from '#domain/run-color.ts'

const hues = 10
/** Distance from the run's own colour, which held-out data have, since they are what a run is judged by. */
const distance: Record<string, number> = { val: 0, train: 1, test: 2, eval: 3 }

/** How the line of a split looks: the same on every chart of a run. A line alone has the colour of the run. */
export function splitLook(run: string, split: string, alone: boolean): LineLook {
  const away = alone ? 0 : (distance[split] ?? 1)
  return { color: `var(--series-${((runSeries(run) - 1 + away) % hues) + 1})`, dash: 'solid', marker: 'none', context: false }
}
