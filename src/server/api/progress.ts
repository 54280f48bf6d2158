import type { SourceEntry } from '#contract/source.ts'

import type { SourceBoard } from './source-board.ts'

const barWidth = 24
/** Without a terminal a line a source and one each this often, so that a log stays readable. */
const lineEveryMs = 5_000

function share(entry: SourceEntry): number | null {
  return entry.runsFound ? Math.min(1, entry.runs / entry.runsFound) : null
}

function summary(board: SourceBoard): string {
  const sources = board.list().filter(source => source.state !== 'closed')
  const sum = (pick: (source: SourceEntry) => number) => sources.reduce((total, source) => total + pick(source), 0)
  const issues = sum(source => source.issues)
  const [runs, points] = [
    counted(
      sum(source => source.runs),
      'run',
    ),
    counted(
      sum(source => source.points),
      'point',
    ),
  ]
  const found = `${runs}, ${points} from ${counted(sources.length, 'source')}`
  return issues === 0 ? found : `${found}, ${counted(issues, 'issue')} (see Sources)`
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`
}

/** Import progress on a stream: one bar that renews itself on a terminal, lines otherwise. `update` after each event, `end` with the totals. */
export function progressPrinter(board: SourceBoard, stream: NodeJS.WriteStream) {
  let printed = 0
  const clear = () => {
    if (stream.isTTY) stream.write('\r\u001b[2K')
  }
  return {
    update() {
      const now = performance.now()
      if (now - printed < (stream.isTTY ? 100 : lineEveryMs)) return
      const current = board.list().find(source => source.state === 'reading')
      if (!current) return
      printed = now
      const done = share(current)
      const found = current.runsFound ? ` of ${counted(current.runsFound, 'run')}` : current.runs === 1 ? ' run' : ' runs'
      const text = `Reading ${current.name}: ${current.runs.toLocaleString('en')}${found}`
      if (!stream.isTTY) stream.write(`${text}\n`)
      else {
        const filled = Math.round((done ?? 0) * barWidth)
        stream.write(`\r\u001b[2K[${'█'.repeat(filled)}${'·'.repeat(barWidth - filled)}] ${text}`)
      }
    },
    /** One issue that concerns a path given on the command line. */
    issue(path: string, reason: string) {
      clear()
      stream.write(`${path}: ${reason}\n`)
    },
    end(seconds: number) {
      clear()
      stream.write(`Read ${summary(board)} in ${seconds.toFixed(1)} s\n`)
    },
  }
}
