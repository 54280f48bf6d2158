import { expect, test } from '@playwright/test'

import { chart, cursor } from './charts-on-page.ts'
import { GrowingStore } from './growing-store.ts'
import { serve, type Served } from './serve.ts'

const run = 'e'.repeat(32)
const charts = 600
const titleOf = (index: number) => `layer_${String(index).padStart(3, '0')}`

let store: GrowingStore
let served: Served
test.beforeAll(async () => {
  store = new GrowingStore()
  store.start(run, 'wide')
  for (let index = 0; index < charts; index += 1) for (const step of [0, 1]) store.log(run, titleOf(index), index + step, step)
  store.end(run, 'wide')
  served = await serve(store.folder, { inPlace: true })
})
test.afterAll(async () => {
  await served.stop()
  store.remove()
})

test('of many charts, those in view are drawn in as many columns as fit, from the first to the last', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${served.url}/runs/${run}?tab=charts`)
  await expect(page.getByText(`${charts} charts`)).toBeVisible()
  await expect(chart(page, titleOf(0))).toHaveAccessibleDescription(/1 line/)
  const top = async (index: number) => (await chart(page, titleOf(index)).boundingBox())?.y
  expect(await top(2)).toBe(await top(0))
  expect(await top(3)).toBeGreaterThan((await top(0)) ?? Number.NaN)
  expect(await page.getByRole('figure').count()).toBeLessThan(30)

  await cursor(page, titleOf(0)).focus()
  await page.setViewportSize({ width: 1280, height: 900 })
  await expect.poll(() => top(2)).toBeGreaterThan((await top(1)) ?? Number.NaN)
  await expect(cursor(page, titleOf(0))).toBeFocused()

  await page.getByRole('tabpanel').hover()
  await page.mouse.wheel(0, 1_000_000)
  await expect(chart(page, titleOf(charts - 1))).toHaveAccessibleDescription(/1 line/)
  await expect(chart(page, titleOf(charts - 1))).toBeInViewport({ ratio: 1 })
  await expect(chart(page, titleOf(0))).toHaveCount(0)

  await page.getByRole('textbox', { name: 'Find a chart' }).fill('/_59[89]$/')
  await expect(page.getByText(`2 of ${charts} charts`)).toBeVisible()
  await expect(chart(page, titleOf(598))).toBeInViewport()
})
