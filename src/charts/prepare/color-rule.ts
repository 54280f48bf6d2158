import type { LineInput, MarkerShape } from './line-input.ts'

/** Hues of `--series-1` to `--series-10`. */
const hues = 10
/** More runs than this are grey, but for those that are picked out. */
const mostColored = 2 * hues

const shapes: MarkerShape[] = ['circle', 'square', 'triangle', 'diamond']

export type LineLook = Pick<LineInput, 'color' | 'dash' | 'marker' | 'context'>

export interface ColoredRun {
  id: string
  /** The series number that belongs to the id, 1 to 10: what it has in table and report. */
  series: number
}

interface ColorRuleOptions {
  /** Keeps its own colour, whatever the others have. */
  baseline?: string | undefined
  /** Ids that are hovered, pinned or selected: in colour where the others are grey. */
  picked?: ReadonlySet<string>
}

function colorOf(series: number): string {
  return `var(--series-${series})`
}

/** Gives each run a place of its own among `hues` solid and, from the eleventh run on, as many dashed looks; by id, so that sorting the runs moves no colour. */
function assign(runs: readonly ColoredRun[], baseline: string | undefined): Map<string, LineLook> {
  const looks = new Map<string, LineLook>()
  const rounds = runs.length > hues ? 2 : 1
  const taken = new Set<number>()
  const order = [...runs].sort((a, b) => Number(b.id === baseline) - Number(a.id === baseline) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  for (const { id, series } of order) {
    const own = (((Math.trunc(series) - 1) % hues) + hues) % hues
    // Its own hue first, solid and then dashed, before the next hue.
    const places = Array.from(
      { length: hues * rounds },
      (_, index) => ((own + Math.floor(index / rounds)) % hues) + (index % rounds) * hues,
    )
    const place = places.find(candidate => !taken.has(candidate)) ?? own
    taken.add(place)
    const dashed = place >= hues
    const hue = place % hues
    looks.set(id, {
      color: colorOf(hue + 1),
      dash: dashed ? 'dashed' : 'solid',
      marker: dashed ? (shapes[hue % shapes.length] ?? 'circle') : 'none',
      context: false,
    })
  }
  return looks
}

/**
 * How the lines of one view look. Up to 10 runs have a hue each, solid; up to 20 the same hues again, dashed and with markers; of more,
 * all are grey but the picked ones (the first 20 of them by id) and the baseline. Two runs whose ids give the same hue are moved to the next free one, the baseline
 * never.
 */
export function lineLooks(runs: readonly ColoredRun[], { baseline, picked }: ColorRuleOptions = {}): Map<string, LineLook> {
  if (runs.length <= mostColored) return assign(runs, baseline)
  const chosen = runs
    .filter(run => run.id === baseline || picked?.has(run.id))
    .sort((a, b) => Number(b.id === baseline) - Number(a.id === baseline) || (a.id < b.id ? -1 : 1))
  const colored = assign(chosen.slice(0, mostColored), baseline)
  const looks = new Map<string, LineLook>()
  for (const { id, series } of runs) {
    looks.set(id, colored.get(id) ?? { color: colorOf(series), dash: 'solid', marker: 'none', context: true })
  }
  return looks
}
