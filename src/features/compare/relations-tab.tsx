import { Empty } from '#ui/states.tsx'

import type { Compared } from './compared.ts'
import type { CompareView } from './use-compare-view.ts'
export function RelationsTab(_: { view: CompareView; compared: Compared }) {
  return <Empty>…</Empty>
}
