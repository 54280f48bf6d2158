import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { expect, test, type Page } from '@playwright/test'

import { root, serve, type Served } from './serve.ts'
import { violations } from './violations.ts'

/** What tensorboardX logged. */
const logged = path.join(root, 'src', 'server', 'readers', 'tensorboard', 'fixtures', 'tensorboardx', 'runs')

/** Bytes of its file up to what belongs to the third step. */
const secondStepEnd = 12_522

let folder: string
let served: Served
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'readout-media-'))
  cpSync(logged, path.join(folder, 'runs'), { recursive: true })
  served = await serve(path.join(folder, 'runs'), { inPlace: true })
})
test.afterAll(async () => {
  await served.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function openMedia(page: Page): Promise<void> {
  await page.goto(served.url)
  await page.getByRole('link', { name: 'media', exact: true }).click()
  await page.getByRole('tab', { name: /^Media/ }).click()
  await expect(page.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuetext', 'Step 2, 3 of 3')
}

test('images, histograms and texts of a run stand at one step, which keys and the address move', async ({ page }) => {
  await openMedia(page)
  const picture = page.getByRole('img', { name: 'picture, step 2' })
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  await expect(page.getByRole('img', { name: 'Histogram of weights' })).toHaveAccessibleDescription(/^\d[\d,]* values from/)
  await expect(page.getByRole('figure', { name: 'note/text_summary' })).toContainText('**step** 2')

  await page.getByRole('slider', { name: 'Step' }).press('ArrowLeft')
  await expect(page).toHaveURL(/step=1/)
  await expect(page.getByRole('figure', { name: 'note/text_summary' })).toContainText('**step** 1')
  await expect(page.getByRole('img', { name: 'picture, step 1' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('figure', { name: 'note/text_summary' })).toContainText('**step** 1')
  await page.getByRole('button', { name: 'Next step' }).click()
  await expect(page).not.toHaveURL(/step=/)

  await page.getByRole('button', { name: 'Show weights as table' }).click()
  const table = page.getByRole('dialog', { name: 'weights' })
  await expect(table).toContainText(/Step 2, \d+ buckets/)
  const buckets = (await table.getByRole('row').count()) - 1
  const saving = page.waitForEvent('download')
  await table.getByRole('button', { name: 'Save as CSV' }).click()
  const download = await saving
  expect(download.suggestedFilename()).toBe('weights-step-2.csv')
  expect(
    readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n'),
  ).toHaveLength(1 + buckets)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Show weights as table' })).toBeFocused()

  await page.getByRole('textbox', { name: 'Find a tag' }).fill('weights')
  await expect(page.getByText('1 of 3 tags')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Images', exact: true })).toHaveCount(0)
})

test('what a run logs while its page is open comes into it', async ({ page }) => {
  const grown = path.join(folder, 'runs', 'growing')
  const [name = ''] = readdirSync(path.join(logged, 'media'))
  const bytes = readFileSync(path.join(logged, 'media', name))
  mkdirSync(grown)
  writeFileSync(path.join(grown, name), bytes.subarray(0, secondStepEnd))
  await page.goto(served.url)
  await page.getByRole('link', { name: 'growing', exact: true }).click()
  await page.getByRole('tab', { name: /^Media/ }).click()
  await expect(page.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuetext', 'Step 1, 2 of 2')
  await expect(page.getByRole('figure', { name: 'note/text_summary' })).toContainText('**step** 1')
  appendFileSync(path.join(grown, name), bytes.subarray(secondStepEnd))
  await expect(page.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuetext', 'Step 2, 3 of 3')
  await expect(page.getByRole('figure', { name: 'note/text_summary' })).toContainText('**step** 2')
  await expect(page.getByRole('img', { name: 'picture, step 2' })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`media have no accessibility fault, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await openMedia(page)
    await page.getByRole('img', { name: 'Histogram of weights' }).waitFor()
    await page.getByText('**step** 2').waitFor()
    expect(await violations(page)).toEqual([])
  })
}
