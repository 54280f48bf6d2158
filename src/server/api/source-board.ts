import { existsSync } from 'node:fs'
import { sep } from 'node:path'

import type { Health, ReadIssue, SourceEntry } from '#contract/source.ts'
import type { ImportEvent } from '#server/ingest/import-paths.ts'
import type { StoredSource } from '#server/store/sources.ts'

import type { EventHub } from './event-hub.ts'

/** What is known of the sources at this moment, kept on the main thread so that it answers while all others work. */
export class SourceBoard {
  readonly #entries = new Map<string, SourceEntry>()
  #scanning = true

  /** Sources of sessions before; closed until this one opens them. */
  remember(sources: readonly (StoredSource & { issueList: ReadIssue[] })[]): void {
    for (const source of sources) {
      const { id, name, format, path, runs, points, issues, issueList, readMs } = source
      this.#entries.set(path, { id, name, format, path, state: 'closed', runs, points, issues, issueList, readMs, runsFound: null })
    }
  }

  apply(event: ImportEvent): void {
    switch (event.type) {
      case 'scanning':
        this.#scanning = true
        break
      case 'found': {
        const { path, name, format } = event.source
        // What was said of a path that led to no source is no longer so.
        for (const [given, { format: of }] of this.#entries) if (of === '' && isAround(given, path)) this.#entries.delete(given)
        const known = this.#entries.get(path)
        const fresh = { id: '', name, format, path, runs: 0, points: 0, issues: 0, issueList: [], readMs: null, runsFound: null }
        this.#entries.set(path, { ...(known ?? fresh), state: 'waiting' })
        break
      }
      case 'source': {
        const { source, state, runs, points, issues, issueList, readMs, runsFound } = event.progress
        for (const [path, entry] of this.#entries) if (entry.id === source.id && path !== source.path) this.#entries.delete(path)
        const known = this.#entries.get(source.path)
        this.#entries.set(source.path, {
          id: source.id,
          name: source.name,
          format: source.format,
          path: source.path,
          state,
          issues,
          issueList: [...issueList],
          readMs,
          runsFound,
          runs: state === 'reading' ? Math.max(runs, known?.runs ?? 0) : runs,
          points: state === 'reading' ? Math.max(points, known?.points ?? 0) : points,
        })
        break
      }
      case 'path': {
        const { path } = event.issue
        const known = this.#entries.get(path)
        const issueList = [...(known?.issueList ?? []), event.issue]
        const fresh = {
          id: path,
          name: path,
          format: '',
          path,
          state: existsSync(path) ? ('empty' as const) : ('failed' as const),
          runs: 0,
          points: 0,
          readMs: null,
          runsFound: null,
        }
        this.#entries.set(path, { ...(known ?? fresh), issues: issueList.length, issueList })
        break
      }
      case 'done':
        this.#scanning = false
        break
    }
  }

  list(): SourceEntry[] {
    return [...this.#entries.values()]
  }

  health(version: string): Health {
    const sources = this.list().map(({ path, format, state, runs, points, issues }) => ({ path, format, state, runs, points, issues }))
    const reading = this.#scanning || sources.some(source => source.state === 'waiting' || source.state === 'reading')
    const failed = sources.some(source => source.state === 'failed')
    return { status: reading ? 'reading' : failed ? 'degraded' : 'ok', version, sources }
  }
}

function isAround(folder: string, inner: string): boolean {
  return inner === folder || inner.startsWith(folder + sep)
}

/** Notes an event of an import or of watching, and tells it. */
export function applyEvent(board: SourceBoard, events: EventHub, event: ImportEvent): void {
  board.apply(event)
  events.reading = board.health('').status === 'reading'
  events.notify({ sources: true })
}
