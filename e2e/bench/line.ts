export type Unit = 'ms' | 's' | 'MB' | 'kB' | 'µs' | '%'

/** One measured figure. */
export interface Line {
  what: string
  unit: Unit
  measured: number
  /** Null for what is told beside the budgets. */
  budget: number | null
  note?: string
  /** What is wrong whatever the machine's speed, such as more rows fetched than asked. */
  faults?: string[]
}

/** What the rest of the tests has. */
export interface Tools {
  measureBundles: () => { page: string; bytes: number; limit: number; files: number }[]
  chromiumFlags: string[]
  findChromium: (root: string, say: (text: string) => void) => Promise<string>
  makeMlruns: (folder: string, size: { runs: number }) => { runs: number; files: number; points: number }
}

export interface BenchRun {
  tools: Tools
  /** 1, or 0.1 for a tenth of the runs. */
  share: number
  /** The budget at this size: `fixed` of it does not depend on the number of runs. */
  budget: (full: number, fixed: number) => number
  say: (text: string) => void
}

export function benchRun(share: number, tools: Tools): BenchRun {
  return { share, tools, budget: (full, fixed) => fixed + (full - fixed) * share, say: text => void process.stderr.write(`${text}\n`) }
}

const worstRatio = 2

export function verdict({ measured, budget, faults = [] }: Line): 'ok' | 'MISS' | 'FAULT' | '' {
  if (faults.length > 0) return 'FAULT'
  if (budget === null) return ''
  return measured <= budget ? 'ok' : 'MISS'
}

/** More than noise: a structural fault, or over twice the budget. */
export function isFailure({ measured, budget, faults = [] }: Line): boolean {
  return faults.length > 0 || (budget !== null && !(measured <= budget * worstRatio))
}

function figure(value: number, unit: Unit): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return `${value.toFixed(digits)} ${unit}`
}

export function markdown(lines: readonly Line[]): string {
  const rows = lines.map(line => {
    const { what, unit, measured, budget, note = '', faults = [] } = line
    const ratio = budget === null ? '' : (measured / budget).toFixed(2)
    const cells = [
      what,
      budget === null ? '' : figure(budget, unit),
      figure(measured, unit),
      ratio,
      verdict(line),
      [note, ...faults].filter(Boolean).join('; '),
    ]
    return `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  return ['| what | budget | measured | ratio | | note |', '|---|--:|--:|--:|---|---|', ...rows].join('\n')
}
