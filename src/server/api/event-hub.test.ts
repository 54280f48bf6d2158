import { afterEach, expect, test } from 'vitest'

import { liveEvent, type LiveEvent } from '#contract/live-event.ts'

import { EventHub } from './event-hub.ts'

const hubs: EventHub[] = []
afterEach(() => {
  for (const hub of hubs.splice(0)) hub.close()
})

function openHub(): EventHub {
  const hub = new EventHub()
  hubs.push(hub)
  return hub
}

/** The changes that a client reads, one at a time; null at the end of the stream. */
function listen(hub: EventHub) {
  const reader = hub.answer().body?.getReader()
  const decoder = new TextDecoder()
  const next = async (): Promise<LiveEvent | null> => {
    for (;;) {
      const part = await reader?.read()
      if (!part || part.done) return null
      const data = /^event: change\ndata: (.+)\n\n$/.exec(decoder.decode(part.value))?.[1]
      if (data !== undefined) return liveEvent.parse(JSON.parse(data))
    }
  }
  return { next, cancel: async () => await reader?.cancel() }
}

test('what changes at once is told at once, and merged', async () => {
  const hub = openHub()
  const client = listen(hub)
  hub.notify({ projects: ['p'], runs: ['a'] })
  hub.notify({ projects: ['p', 'q'], runs: ['b'] })
  hub.notify({ sources: true })
  expect(await client.next()).toEqual({ projects: ['p', 'q'], runs: ['a', 'b'], sources: true })
})

test('changes are told at most four times a second, and all of them are', async () => {
  const hub = openHub()
  const client = listen(hub)
  const started = performance.now()
  const told: LiveEvent[] = []
  hub.notify({ runs: ['0'] })
  for (let no = 1; no <= 4; no += 1) {
    const change = await client.next()
    if (change) told.push(change)
    hub.notify({ runs: [String(no)] })
    hub.notify({ runs: [String(no)] })
  }
  expect(performance.now() - started).toBeGreaterThanOrEqual(740)
  expect(told.map(({ runs }) => runs)).toEqual([['0'], ['1'], ['2'], ['3']])
})

test('a client that does not read is owed one change of bounded size', async () => {
  const hub = openHub()
  const slow = listen(hub)
  const quick = listen(hub)
  for (let no = 0; no < 8; no += 1) {
    hub.notify({ projects: ['p'], runs: Array.from({ length: 150 }, (_, index) => `${no} ${index}`) })
    await quick.next()
  }
  const received: (LiveEvent | null)[] = []
  for (let last: LiveEvent | null | undefined; last?.runs !== null; received.push(last)) last = await slow.next()
  expect(received.length).toBeLessThan(6)
  expect(received.at(-1)).toEqual({ projects: ['p'], runs: null, sources: false })
})

test('streams end when their client leaves, when there are too many, and when the server is closed', async () => {
  const hub = openHub()
  const first = listen(hub)
  const second = listen(hub)
  await second.cancel()
  expect(hub.streams).toBe(1)
  const clients = Array.from({ length: 64 }, () => listen(hub))
  expect([await first.next(), hub.streams]).toEqual([null, 64])
  hub.close()
  expect(await Promise.all(clients.map(({ next }) => next()))).toEqual(clients.map(() => null))
  expect(() => hub.answer()).toThrow('being closed')
})
