import { liveEvent, type LiveEvent } from '#contract/live-event.ts'
import { operations } from '#contract/operations.ts'

/** The server beats each 15 s: a stream that is silent for longer than this is dead, whatever the browser thinks of it. */
const silenceMs = 40_000
const firstRetryMs = 1_000
const lastRetryMs = 30_000

/** What the stream says: a change, or that it was opened or lost. */
export type LiveNews = { type: 'change'; change: LiveEvent } | { type: 'open' } | { type: 'lost' }

/** Keeps one stream of events open, for ever; what was missed while it was lost is not told. */
export function openStream(tell: (news: LiveNews) => void): void {
  let retryMs = firstRetryMs
  const open = () => {
    const source = new EventSource(operations.events.path)
    let silence = setTimeout(reopen, silenceMs)
    let ended = false
    function reopen() {
      if (ended) return
      ended = true
      clearTimeout(silence)
      source.close()
      tell({ type: 'lost' })
      // Not all at once: a server that comes back has all its browsers waiting.
      setTimeout(open, retryMs * (0.5 + Math.random()))
      retryMs = Math.min(lastRetryMs, retryMs * 2)
    }
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(reopen, silenceMs)
    }
    source.addEventListener('open', () => {
      retryMs = firstRetryMs
      heard()
      tell({ type: 'open' })
    })
    source.addEventListener('beat', heard)
    source.addEventListener('change', ({ data }) => {
      heard()
      const change = liveEvent.safeParse(JSON.parse(String(data)))
      if (change.success) tell({ type: 'change', change: change.data })
    })
    source.addEventListener('error', reopen)
  }
  open()
}
