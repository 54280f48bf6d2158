import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { expect, test, type Page } from '@playwright/test'

import { writeEventFile, type LoggedScalar } from './event-log.ts'
import { serve, type Served } from './serve.ts'
import { violations } from './violations.ts'

const firstStart = 1_750_000_000
const secondStart = firstStart + 3_600

/** What a process logs that trains from one step to another: a step a second. */
function session(start: number, from: number, to: number, height: number): LoggedScalar[] {
  return Array.from({ length: to - from }, (_, at) => from + at).flatMap(step => {
    const time = start + step - from + 1
    return [
      { tag: 'train/loss', step, value: height + Math.exp(-step / 300) + 0.02 * Math.sin(step / 3), time },
      { tag: 'train/acc', step, value: 1 - Math.exp(-step / 400) - height / 4, time },
    ]
  })
}

let folder: string
let served: Served
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'readout-resumed-'))
  const run = path.join(folder, 'logs', 'resnet')
  writeEventFile(run, firstStart, session(firstStart, 0, 1_000, 0.3))
  writeEventFile(run, secondStart, session(secondStart, 800, 1_400, 0.2))
  writeEventFile(path.join(folder, 'logs', 'plain'), firstStart, session(firstStart, 0, 1_400, 0.4))
  served = await serve(path.join(folder, 'logs'), { inPlace: true })
})
test.afterAll(async () => {
  await served.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function openCharts(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(served.url)
  await page.getByRole('link', { name: 'resnet' }).click()
  await page.getByRole('tab', { name: /^Charts/ }).click()
}

const chart = (page: Page) => page.getByRole('figure', { name: 'train/loss', exact: true })

test('a run that was resumed says so where its line goes on, and keeps every point', async ({ page }) => {
  await openCharts(page)
  await expect(chart(page)).toHaveAccessibleDescription(/resumed at step 800\./)
  await expect(chart(page).getByText('resumed at step 800', { exact: true })).toBeVisible()

  const cursor = page.getByRole('slider', { name: 'Cursor in train/loss' })
  await page.goto(`${page.url()}&zoom=790..810`)
  await expect(chart(page)).toHaveAccessibleDescription(/step from 790 to 810/)
  await cursor.focus()
  await expect(async () => {
    await page.keyboard.press('ArrowRight')
    await expect(cursor).toHaveAttribute('aria-valuetext', /^Step 800: .*; resumed at step 800$/, { timeout: 100 })
  }).toPass()

  await chart(page).getByRole('button', { name: 'Chart of train/loss' }).click()
  await page.getByRole('menuitem', { name: 'Show as table' }).click()
  const cells = page.getByRole('dialog', { name: 'train/loss' }).getByRole('row', { name: / 800 / })
  await expect(cells).toHaveCount(2)
})

test('the table of runs draws the run that was resumed beside one that was not', async ({ page }) => {
  await page.setViewportSize({ width: 1600, height: 900 })
  await page.goto(served.url)
  const figure = page.getByRole('figure', { name: 'train/loss', exact: true })
  await expect(figure).toHaveAccessibleDescription(/resnet: [^.]+\.\d+, least [^:]+, resumed at step 800\./)
  await expect(figure).toHaveAccessibleDescription(/2 lines/)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a seam has no accessibility fault, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await openCharts(page)
    await expect(chart(page).getByText('resumed at step 800', { exact: true })).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
}
