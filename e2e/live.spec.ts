import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { expect, test, type Page } from '@playwright/test'

import { GrowingStore } from './growing-store.ts'
import { lateness, showsAt } from './lateness.ts'
import { serve, type Served } from './serve.ts'

const run = 'a'.repeat(32)

let store: GrowingStore
let served: Served
test.beforeEach(async () => {
  store = new GrowingStore()
  store.start(run, 'first-run')
  store.log(run, 'loss', 100, 0)
  served = await serve(store.folder, { inPlace: true })
})
test.afterEach(async () => {
  expect(await served.stop()).toBe(0)
  store.remove()
})

async function openMetrics(page: Page): Promise<void> {
  await page.goto(`${served.url}/runs/${run}?tab=metrics`)
  await expect(
    page
      .getByRole('cell', { name: 'loss' })
      .or(page.getByRole('gridcell', { name: 'loss' }))
      .first(),
  ).toBeVisible()
}

test('points are in the open page within 2 s, and so are a new metric and the end of the run', async ({ page }) => {
  await openMetrics(page)
  const late = await lateness(
    page,
    20,
    sample => store.log(run, 'loss', 1_000 + sample, sample + 1),
    sample => `${1_000 + sample}`,
  )
  test.info().annotations.push({ type: 'greatest ms from writing to the page', description: String(Math.max(...late)) })
  expect(Math.max(...late)).toBeLessThanOrEqual(2_000)
  store.log(run, 'val/acc', 0.5, 1)
  await expect(page.getByText('val/acc')).toBeVisible()
  await page.getByRole('tab', { name: /^Overview/ }).click()
  await expect(page.getByText(/Line chart of loss.*last 1,020/)).toBeAttached()
  store.log(run, 'loss', 2_024, 21)
  await expect(page.getByText(/Line chart of loss.*last 2,024/)).toBeAttached()
  store.end(run, 'first-run')
  await expect(page.getByText(/^finished/i).first()).toBeVisible()
})

test('an expression over metrics that are logged at different steps follows them', async ({ page }) => {
  store.log(run, 'val', 50, 0)
  const expression = 'loss - val'
  const chart = page.getByRole('figure', { name: expression, exact: true })
  await page.goto(`${served.url}/runs/${run}?tab=charts&expr=${encodeURIComponent(expression)}`)
  await expect(chart).toHaveAccessibleDescription(/loss - val: 50\./)
  for (const step of [1, 2, 3]) store.log(run, 'loss', 100 + step, step)
  store.log(run, 'val', 40, 4)
  store.log(run, 'loss', 110, 5)
  await expect(chart).toContainText('values carried')
  await expect(chart).toHaveAccessibleDescription(/step from 0 to 4.*last 63, least 50/)
})

test('a new run and its metrics come into the open table within 2 s', async ({ page }) => {
  await page.goto(served.url)
  await expect(page.getByRole('grid').getByRole('link')).toHaveCount(1)
  const id = (no: number) => String(no % 10).repeat(32)
  const late = await lateness(
    page,
    5,
    no => {
      store.start(id(no), `new-run-${no}`)
      return store.log(id(no), 'loss', no, 0)
    },
    no => `new-run-${no}`,
  )
  expect(Math.max(...late)).toBeLessThanOrEqual(2_000)
  await expect(page.getByRole('grid').getByRole('link')).toHaveCount(6)
})

test('ten open tabs stay live over one stream, and another takes over when its tab is closed', async ({ context }) => {
  const streams: Page[] = []
  context.on('request', request => {
    if (request.url().endsWith('/api/events')) streams.push(request.frame().page())
  })
  const tabs = await Promise.all(Array.from({ length: 10 }, () => context.newPage()))
  await Promise.all(tabs.map(tab => openMetrics(tab)))
  expect(streams).toHaveLength(1)
  const written = Date.now()
  store.log(run, 'loss', 4_711, 1)
  const seen = await Promise.all(tabs.map(tab => showsAt(tab, '4711')))
  expect(Math.max(...seen) - written).toBeLessThanOrEqual(2_000)

  const [owner] = streams
  await owner?.close()
  await expect.poll(() => streams.length).toBe(2)
  store.log(run, 'loss', 4_712, 2)
  await Promise.all(tabs.filter(tab => tab !== owner).map(tab => showsAt(tab, '4712')))
  expect(streams).toHaveLength(2)
})

test('a store that comes into an empty folder is read, and the page shows its runs', async ({ page }) => {
  const empty = mkdtempSync(path.join(os.tmpdir(), 'readout-empty-'))
  const started = await serve(empty, { inPlace: true })
  await page.goto(started.url)
  await page.getByText('No runs yet.').waitFor()
  cpSync(store.folder, path.join(empty, 'mlruns'), { recursive: true })
  await page.getByText('growing').first().waitFor()
  await page.goto('about:blank')
  expect(await started.stop()).toBe(0)
  rmSync(empty, { recursive: true })
})
