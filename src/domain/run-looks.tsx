import { createContext, use, type ReactNode } from 'react'

import type { LineLook } from '#charts/prepare/color-rule.ts'

import { runColor } from './run-color.ts'

const Looks = createContext<ReadonlyMap<string, LineLook> | null>(null)

/** Says how the charts of a page draw its runs: two whose ids give the same colour are told apart there, and so in its table. Null without charts. */
export function RunLooks({ looks, children }: { looks: ReadonlyMap<string, LineLook> | null; children: ReactNode }) {
  return <Looks value={looks}>{children}</Looks>
}

/** CSS colour of a run on this page; grey for a run that charts beside it do not draw in colour. */
export function useRunColor(run: string): string {
  const looks = use(Looks)
  if (!looks) return runColor(run)
  const look = looks.get(run)
  return look && !look.context ? look.color : 'var(--series-context)'
}
