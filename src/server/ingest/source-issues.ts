import path from 'node:path'

import type { ReadIssue } from '#contract/source.ts'

const issuesListed = 1_000

/** Issues of a source by the run or folder that they are of, so that they go when that is read again. Paths of owners are relative. */
export class SourceIssues {
  readonly #root: string
  readonly #owned = new Map<string, readonly ReadIssue[]>()
  /** Issues of the first reading that were counted and not listed. */
  readonly #more: number

  /** `issues` are those of the first reading, `more` how many came beyond them; each is its nearest owner's. */
  constructor(root: string, issues: readonly ReadIssue[], more: number, owners: ReadonlySet<string>) {
    this.#root = root
    this.#more = more
    for (const issue of issues) {
      const owner = this.#ownerOf(issue.path, owners)
      this.#owned.set(owner, [...(this.#owned.get(owner) ?? []), issue])
    }
  }

  /** Puts issues in place of those that an owner had; true where they are others. */
  set(owner: string, issues: readonly ReadIssue[]): boolean {
    const before = this.#owned.get(owner) ?? []
    if (before.length === issues.length && before.every((issue, at) => isSame(issue, issues[at]))) return false
    if (issues.length === 0) this.#owned.delete(owner)
    else this.#owned.set(owner, issues)
    return true
  }

  get count(): number {
    return [...this.#owned.values()].reduce((sum, issues) => sum + issues.length, this.#more)
  }

  list(): ReadIssue[] {
    return [...this.#owned.values()].flat().slice(0, issuesListed)
  }

  #ownerOf(file: string, owners: ReadonlySet<string>): string {
    for (let above = path.relative(this.#root, file); above !== '.' && !above.startsWith('..'); above = path.dirname(above)) {
      if (owners.has(above)) return above
    }
    return owners.has('.') ? '.' : ''
  }
}

function isSame(a: ReadIssue, b: ReadIssue | undefined): boolean {
  return a.path === b?.path && a.line === b.line && a.reason === b.reason
}
