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
  const sum = (pick: (source: SourceEntry) => number) => sources.reduce((total, source) => total + pick(source), 0).toLocaleString('en')
  const issues = sources.reduce((total, source) => total + source.issues, 0)
  const found = `${sum(source => source.runs)} runs, ${sum(source => source.points)} points from ${sources.length} ${sources.length === 1 ? 'source' : 'sources'}`
  return issues === 0 ? found : `${found}, ${issues.toLocaleString('en')} ${issues === 1 ? 'issue' : 'issues'} (see Sources)`
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
      const text = `Reading ${current.name}: ${current.runs.toLocaleString('en')}${current.runsFound ? ` of ${current.runsFound.toLocaleString('en')}` : ''} runs`
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
