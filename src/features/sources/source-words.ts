import type { SourceEntry } from '#contract/source.ts'
import { formatCount, formatPlural } from '#lib/format.ts'

type Counted = Pick<SourceEntry, 'state' | 'runs' | 'points' | 'issues'>

/** `5 sources, 51 runs, 12,480 points; 2 still to read, 1 failed, 3 issues`. Sources that are not opened count in neither. */
export function summaryText(sources: readonly Counted[]): string {
  const opened = sources.filter(source => source.state !== 'closed')
  const sum = (field: 'runs' | 'points' | 'issues') => opened.reduce((total, source) => total + source[field], 0)
  const count = (...states: SourceEntry['state'][]) => sources.filter(source => states.includes(source.state)).length
  const toRead = count('waiting', 'reading')
  const failed = count('failed')
  const closed = count('closed')
  const first = [formatPlural(opened.length, 'source'), formatPlural(sum('runs'), 'run'), formatPlural(sum('points'), 'point')]
  const rest = [
    toRead > 0 && `${formatCount(toRead)} still to read`,
    failed > 0 && `${formatCount(failed)} failed`,
    sum('issues') > 0 && formatPlural(sum('issues'), 'issue'),
    closed > 0 && `${formatCount(closed)} not opened now`,
  ].filter(Boolean)
  return [first.join(', '), rest.join(', ')].filter(Boolean).join('; ')
}

/** The command that takes a source out of the home, its path quoted for a shell where it must be. */
export function forgetCommand(path: string): string {
  return `readout forget ${/^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`}`
}

/** Path of an issue as it stands in the list: below the source's own path, where it lies there. */
export function issuePath(path: string, source: string): string {
  if (path === source) return ''
  const next = path[source.length]
  return path.startsWith(source) && (next === '/' || next === '\\') ? path.slice(source.length + 1) : path
}
