import type { QueryClient } from '@tanstack/react-query'

import { mergeChanges, noChange, type LiveEvent } from '#contract/live-event.ts'
import type { Project } from '#contract/source.ts'

import { affectedBy, type Pace } from './affected.ts'
import { setLive } from './live-state.ts'
import type { LiveNews } from './live-stream.ts'

/** Time between two rounds of asking again, in ms; each waits for the answers of the one before as well. */
const rests = { soon: 200, slow: 5_000 }

/** Anything may have changed, as after a time without a stream. */
const anything: LiveEvent = { projects: null, runs: null, sources: true }

/** Is the page in sight? Replaced in tests. */
export interface Sight {
  visible: () => boolean
  onChange: (listener: () => void) => void
}

const documentSight: Sight = {
  visible: () => document.visibilityState === 'visible',
  onChange: listener => document.addEventListener('visibilitychange', listener),
}

/**
 * Keeps what the cache holds as it is on the server: what a change touches is asked for again. A page out of sight asks when it comes
 * into sight. `share` connects it to the stream of events.
 */
export function followChanges(client: QueryClient, share: (tell: (news: LiveNews) => void) => void, sight: Sight = documentSight): void {
  const rounds = [new Round(client, 'soon', sight), new Round(client, 'slow', sight)]
  const changed = (change: LiveEvent) => {
    for (const round of rounds) round.add(change)
  }
  sight.onChange(() => {
    for (const round of rounds) round.start()
  })
  let opened = false
  share(news => {
    switch (news.type) {
      case 'open':
        setLive(true)
        // The first one opens with the page, which asks for all it shows.
        if (opened) changed(anything)
        opened = true
        break
      case 'lost':
        setLive(false)
        opened = true
        changed(anything)
        break
      case 'change':
        changed(news.change)
        break
    }
  })
}

/** Gathers changes, and asks again for what they touch, one round after the other. */
class Round {
  readonly #client: QueryClient
  readonly #pace: NonNullable<Pace>
  readonly #sight: Sight
  #pending: LiveEvent | null = null
  #busy = false

  constructor(client: QueryClient, pace: NonNullable<Pace>, sight: Sight) {
    this.#client = client
    this.#pace = pace
    this.#sight = sight
  }

  add(change: LiveEvent): void {
    this.#pending = mergeChanges(this.#pending ?? noChange, change)
    this.start()
  }

  start(): void {
    if (this.#busy || !this.#pending || !this.#sight.visible()) return
    this.#busy = true
    void this.#run()
  }

  async #run(): Promise<void> {
    const change = this.#pending ?? noChange
    this.#pending = null
    const projects = this.#client.getQueryData<Project[]>(['projects']) ?? []
    const asked = this.#client.invalidateQueries({ predicate: query => affectedBy(query, change, projects) === this.#pace })
    const rested = new Promise(resolve => setTimeout(resolve, rests[this.#pace]))
    await Promise.allSettled([asked, rested])
    this.#busy = false
    this.start()
  }
}
