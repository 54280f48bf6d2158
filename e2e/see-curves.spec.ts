import type { Page } from '@playwright/test'

import { chart, cursor, openCharts, points } from './charts-on-page.ts'
import { expect, test } from './fixtures.ts'

test('twins share a chart; keys read it, zoom it and put it back; the address holds the zoom', async ({ page, browser }) => {
  await openCharts(page)
  const train = await points(page, 'train/loss')
  const val = await points(page, 'val/loss')
  const last = train.steps.length - 1
  expect(Number(train.steps[last])).toBe(2_000)

  await cursor(page, 'loss').focus()
  await page.keyboard.press('ArrowRight')
  await expect(cursor(page, 'loss')).toHaveAttribute('aria-valuetext', /^Step/)
  const text = await cursor(page, 'loss').getAttribute('aria-valuetext')
  const step = Number(/^Step ([\d,]+):/.exec(text ?? '')?.[1]?.replaceAll(',', ''))
  const at = train.steps.indexOf(step as never)
  expect(text).toContain(`train ${(train.values[at] ?? 0).toFixed(4)}`)
  expect(text).toContain(`val ${(val.values[at] ?? 0).toFixed(4)}`)

  await page.keyboard.press('+')
  await expect(page).toHaveURL(/zoom=/)
  const zoomed = await chart(page, 'acc').getAttribute('aria-describedby')
  expect(zoomed).not.toBeNull()
  await expect(chart(page, 'acc')).not.toHaveAccessibleDescription(/step from 0 to 2,000/)
  const words = (of: Page) =>
    chart(of, 'loss')
      .getByText(/Line chart of loss/)
      .innerText()

  const fresh = await browser.newPage()
  await fresh.goto(page.url())
  // The points of the window come after it is chosen, in each page when it has them.
  await expect.poll(async () => (await words(fresh)) === (await words(page))).toBe(true)
  await fresh.close()

  await chart(page, 'loss').getByRole('button', { name: 'Reset zoom' }).click()
  await expect(page).not.toHaveURL(/zoom=/)
  await expect(chart(page, 'loss')).toHaveAccessibleDescription(/step from 0 to 2,000/)
})

test('the table behind a chart holds the points as logged', async ({ page }) => {
  await openCharts(page)
  const train = await points(page, 'train/loss')
  await chart(page, 'loss').getByRole('button', { name: 'Chart of loss' }).click()
  await page.getByRole('menuitem', { name: 'Show as table' }).click()
  const rows = page.getByRole('dialog', { name: 'loss' }).getByRole('row')
  await expect(rows).toHaveCount(1 + 200)
  await expect(rows.filter({ hasText: 'train' }).nth(3).getByRole('cell')).toContainText(['train', '60', /:/, String(train.values[3])])
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(rows).toHaveCount(1 + 2 * train.values.length - 200)
  const final = await points(page, 'val/loss')
  await expect(rows.last().getByRole('cell').last()).toHaveText(String(final.values.at(-1)))
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('charts are found by an expression, and drawn over relative time', async ({ page }) => {
  await openCharts(page)
  await page.getByRole('textbox', { name: 'Find a chart' }).fill('/^ac/')
  await expect(page.getByText('1 of 3 charts')).toBeVisible()
  await expect(chart(page, 'loss')).toHaveCount(0)
  await page.getByRole('button', { name: /^x Step/ }).click()
  await page.getByRole('menuitemradio', { name: 'Relative time' }).click()
  await expect(page).toHaveURL(/x=relative/)
  await expect(chart(page, 'acc')).toHaveAccessibleDescription(/relative time from 0/)
})

test('lines are smoothed by all of their points, as the server does, and the address remembers how', async ({ page }) => {
  await openCharts(page)
  const { values } = await points(page, 'train/loss')
  await page.getByRole('button', { name: /^Smoothing/ }).click()
  await page.getByRole('radio', { name: 'EMA' }).check()
  await expect(page).toHaveURL(/smooth=ema:0.6/)
  await page.keyboard.press('Escape')
  let average = 0
  for (const value of values) average = average * 0.6 + value * 0.4
  const last = average / (1 - 0.6 ** values.length)
  await expect(chart(page, 'loss')).toContainText('smoothed')
  await expect(chart(page, 'loss')).toHaveAccessibleDescription(new RegExp(`train: last ${last.toFixed(4)}`))
  await page.reload()
  await expect(chart(page, 'loss')).toHaveAccessibleDescription(new RegExp(`train: last ${last.toFixed(4)}`))
})

test('a log axis and outliers are switched in the menu, which the address remembers', async ({ page }) => {
  await openCharts(page)
  await chart(page, 'loss').getByRole('button', { name: 'Chart of loss' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Log y' }).click()
  await expect(page).toHaveURL(/ylog=loss/)
  await page.reload()
  await expect(chart(page, 'loss')).toHaveAccessibleDescription(/on a log axis/)
})

test('the same link draws the same pixels twice', async ({ page, browser }) => {
  await openCharts(page)
  const pages = [await browser.newPage(), await browser.newPage()] as const
  for (const fresh of pages) {
    await fresh.goto(page.url())
    await expect(chart(fresh, 'loss')).toHaveAccessibleDescription(/2 lines/)
    // The drawing code is loaded with the first chart: its canvas is there before there is anything on it.
    await expect
      .poll(() =>
        chart(fresh, 'loss')
          .locator('canvas')
          .first()
          .evaluate((canvas: HTMLCanvasElement) =>
            canvas
              .getContext('2d')
              ?.getImageData(0, 0, canvas.width, canvas.height)
              .data.some(part => part > 0),
          ),
      )
      .toBe(true)
  }
  // What is drawn, and not the page around it: the browser rounds the colours of a card's border as it likes.
  const drawn = (fresh: Page) =>
    chart(fresh, 'loss')
      .locator('canvas')
      .evaluateAll((canvases: HTMLCanvasElement[]) => canvases.map(canvas => canvas.toDataURL()))
  await expect.poll(async () => String(await drawn(pages[0])) === String(await drawn(pages[1]))).toBe(true)
  expect(await chart(pages[0], 'loss').innerText()).toBe(await chart(pages[1], 'loss').innerText())
  for (const fresh of pages) await fresh.close()
})

test('beside the table, charts draw the runs in sight, then the selected ones, and the row under the pointer is told apart', async ({
  page,
  ask,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/')
  await expect(chart(page, 'val/acc')).toHaveAccessibleDescription(/10 lines/)
  const pane = page.getByRole('complementary', { name: 'Charts' })
  await expect(pane).toContainText('10 of 44 runs')

  const [project] = await ask('projects', {})
  const first = await ask('runsPage', { project: project?.id ?? '', limit: 6 })
  const [, , , fourth, fifth] = first.rows
  const row = (run: { name: string } | undefined) => page.getByRole('row', { name: new RegExp(run?.name ?? '') })
  await row(fourth).getByRole('checkbox').check()
  await row(fifth).getByRole('checkbox').check()
  await expect(pane).toContainText('2 runs')
  await expect(chart(page, 'val/acc')).toHaveAccessibleDescription(new RegExp(`2 lines.*${fourth?.name}: last`))

  await pane.getByRole('button', { name: 'Close charts' }).click()
  await expect(pane).toHaveCount(0)
  await page.getByRole('button', { name: 'Show charts' }).click()
  await expect(chart(page, 'val/acc')).toHaveAccessibleDescription(/2 lines/)
})
