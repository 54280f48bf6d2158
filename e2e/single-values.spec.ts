import { readFileSync } from 'node:fs'

import { expect, test } from '@playwright/test'

import { GrowingStore } from './growing-store.ts'
import { serve, type Served } from './serve.ts'
import { violations } from './violations.ts'

const runs = [
  { id: 'a'.repeat(32), name: 'forest-10', accuracy: 0.91 },
  { id: 'b'.repeat(32), name: 'forest-50', accuracy: 0.95 },
  { id: 'c'.repeat(32), name: 'forest-5', accuracy: 0.87 },
]

let store: GrowingStore
let served: Served
test.beforeAll(async () => {
  store = new GrowingStore()
  for (const { id, name, accuracy } of runs) {
    store.start(id, name)
    store.log(id, 'accuracy', accuracy, 0)
    for (let step = 0; step < 5; step += 1) store.log(id, 'loss', 1 / (step + 1), step)
    store.end(id, name)
  }
  served = await serve(store.folder, { inPlace: true })
})
test.afterAll(async () => {
  await served.stop()
  store.remove()
})

test('runs that logged a metric once are compared by dots on one scale, and the row under the pointer is told apart', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(served.url)
  const values = page.getByRole('list', { name: 'Values of accuracy' })
  await expect(values.getByRole('listitem')).toHaveText(['forest-500.9500', 'forest-100.9100', 'forest-50.8700'])
  await values.getByText('forest-10').hover()
  await expect(page.getByRole('row', { name: /forest-10/ })).toHaveAttribute('data-linked', '')

  await page.getByRole('button', { name: 'Chart of accuracy' }).click()
  await expect(page.getByRole('menuitem', { name: 'Zoom in' })).toHaveCount(0)
  await page.getByRole('menuitem', { name: 'Show as table' }).click()
  await expect(page.getByRole('dialog', { name: 'accuracy' }).getByRole('row')).toHaveCount(1 + runs.length)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('slider', { name: 'Cursor in loss' })).toBeVisible()

  await page.getByRole('button', { name: 'Chart of accuracy' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Save as SVG' }).click()
  const download = await saving
  expect(download.suggestedFilename()).toBe('accuracy.svg')
  const svg = readFileSync(await download.path(), 'utf8')
  for (const { name } of runs) expect(svg).toContain(`>${name}</text>`)
})

test('what a run logged once stands as a number below its charts', async ({ page }) => {
  await page.goto(`${served.url}/runs/${runs[1]?.id}?tab=charts`)
  const once = page.getByRole('region', { name: 'Logged once' })
  await expect(once).toContainText('accuracy0.9500at step 0')
  await expect(page.getByRole('slider', { name: 'Cursor in loss' })).toBeVisible()
  await expect(page.getByRole('slider', { name: 'Cursor in accuracy' })).toHaveCount(0)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`values logged once have no accessibility fault, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(served.url)
    await page.getByRole('list', { name: 'Values of accuracy' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.goto(`${served.url}/runs/${runs[0]?.id}?tab=charts`)
    await page.getByRole('region', { name: 'Logged once' }).waitFor()
    expect(await violations(page)).toEqual([])
  })
}
