import { QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'

import type { LiveEvent } from '#contract/live-event.ts'

import type { LiveNews } from './live-stream.ts'
import { followChanges } from './live.ts'
import { createQueryClient } from './query-client.ts'

vi.setConfig({ testTimeout: 20_000 })

const keys = {
  projects: ['projects'],
  sources: ['sources'],
  runsOfA: ['runs', { project: 'a' }],
  runsOfB: ['runs', { project: '7' }],
  run1: ['run', 'foreign-1'],
  run2: ['run', 'r2'],
  series1: ['series', {}, [{ run: 'r1', key: 'loss' }]],
  series2: ['series', {}, [{ run: 'r2', key: 'loss' }]],
  keysOfA: ['all-keys', 'a', 'metric'],
} as const
type Name = keyof typeof keys

const data: Partial<Record<Name, unknown>> = {
  projects: [
    { id: 'a', foreignId: '0' },
    { id: 'b', foreignId: '7' },
  ],
  run1: { id: 'r1', project: { id: 'a' }, children: [] },
  run2: { id: 'r2', project: { id: 'b' }, children: [] },
}

/** A page that shows all of it: counts how often each is asked for. */
async function shownPage() {
  const client = createQueryClient()
  const asked = Object.fromEntries(Object.keys(keys).map(name => [name, 0])) as Record<Name, number>
  for (const [name, queryKey] of Object.entries(keys) as [Name, readonly unknown[]][]) {
    const queryFn = () => {
      asked[name] += 1
      return data[name] ?? name
    }
    new QueryObserver(client, { queryKey, queryFn }).subscribe(() => {})
  }
  await vi.waitFor(() => expect(Object.values(asked).every(count => count === 1)).toBe(true))
  await vi.waitFor(() => expect(client.isFetching()).toBe(0))
  let tell: (news: LiveNews) => void = () => {}
  let visible = true
  let look = () => {}
  followChanges(client, share => (tell = share), { visible: () => visible, onChange: listener => (look = listener) })
  const again = () =>
    Object.entries(asked)
      .filter(([, count]) => count > 1)
      .map(([name]) => name)
      .sort()
  return {
    asked,
    again,
    tell: (news: LiveNews) => tell(news),
    change: (change: Partial<LiveEvent>) => tell({ type: 'change', change: { projects: [], runs: [], sources: false, ...change } }),
    show: (value: boolean) => {
      visible = value
      look()
    },
  }
}

test('a change has asked again what it touches and nothing else', async () => {
  const page = await shownPage()
  page.change({ projects: ['a'], runs: ['r1'] })
  await vi.waitFor(() => expect(page.again()).toEqual(['keysOfA', 'projects', 'run1', 'runsOfA', 'series1']))
  page.change({ sources: true })
  await vi.waitFor(() => expect(page.again()).toContain('sources'))
  expect(page.asked).toMatchObject({ runsOfB: 1, run2: 1, series2: 1 })
})

test('a project named as its format does is known; runs that are not told may be any', async () => {
  const page = await shownPage()
  page.change({ projects: ['b'], runs: null })
  await vi.waitFor(() => expect(page.again()).toEqual(['projects', 'run2', 'runsOfB', 'series1', 'series2']))
})

test('a page out of sight asks when it comes into sight, once', async () => {
  const page = await shownPage()
  page.show(false)
  for (let no = 0; no < 5; no += 1) page.change({ projects: ['a'], runs: ['r1'] })
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(page.again()).toEqual([])
  page.show(true)
  await vi.waitFor(() => expect(page.asked.runsOfA).toBe(2))
})

test('a flood of changes is asked for at rest, and the last one counts', async () => {
  const page = await shownPage()
  const started = performance.now()
  for (let no = 0; no < 20; no += 1) {
    page.change({ projects: ['a'], runs: ['r1'] })
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  const rounds = Math.ceil((performance.now() - started) / 200) + 1
  await new Promise(resolve => setTimeout(resolve, 300))
  expect(page.asked.series1).toBeGreaterThan(2)
  expect(page.asked.series1).toBeLessThanOrEqual(2 + rounds)
})

test('after the stream was lost all is asked again', async () => {
  const page = await shownPage()
  page.tell({ type: 'open' })
  expect(page.again()).toEqual([])
  page.tell({ type: 'lost' })
  page.tell({ type: 'open' })
  await vi.waitFor(() => expect(page.again()).toEqual(Object.keys(keys).sort()))
})
