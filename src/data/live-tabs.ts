import { openStream, type LiveNews } from './live-stream.ts'

/** Of the lock and of the channel. */
const name = 'readout-live'

type Message = LiveNews | { type: 'ask' }

/**
 * Tells what the one event stream of this browser says. The tab that holds a lock has the stream and passes on what it says; when it is
 * closed, another tab gets the lock. Where the browser has no locks (pages that are not from a secure place), each tab has its own stream.
 */
export function shareStream(tell: (news: LiveNews) => void): void {
  if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) {
    openStream(tell)
    return
  }
  const channel = new BroadcastChannel(name)
  let state: LiveNews | null = null
  let leads = false
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type !== 'ask') tell(data)
    else if (leads && state) channel.postMessage(state)
  })
  channel.postMessage({ type: 'ask' } satisfies Message)
  void navigator.locks.request(name, async () => {
    leads = true
    openStream(news => {
      if (news.type !== 'change') state = news
      tell(news)
      channel.postMessage(news)
    })
    // The lock is held as long as the tab lives.
    await new Promise(() => {})
  })
}
