import type { Page } from '@playwright/test'

import { decodeSeriesFrame } from '#contract/series-frame.ts'

import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 1440, height: 900 } })

const pane = (page: Page) => page.getByRole('complementary', { name: 'Charts' })
const chart = (page: Page, title: string) => pane(page).getByRole('figure', { name: title, exact: true })

async function groupByOptimizer(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: 'Group runs' }).click()
  await page.getByRole('checkbox', { name: /^optimizer/ }).check()
  await expect(page).toHaveURL(/group=params\.optimizer/)
}

test('runs are grouped by a param: a line and a band for each value, of every point; the address remembers how', async ({ page, ask }) => {
  await groupByOptimizer(page)
  await expect(pane(page)).toContainText('4 groups of 44 runs')
  await expect(chart(page, 'val/acc')).toContainText('mean ± std, n')

  const [project] = await ask('projects', {})
  const { rows } = await ask('runsPage', { project: project?.id ?? '', filter: "params.optimizer = 'rmsprop'", limit: 100 })
  const lasts = await Promise.all(
    rows.map(async ({ id }) => {
      const answer = await fetch(new URL(`/api/series?run=${id}&key=val%2Facc`, page.url()))
      return decodeSeriesFrame(new Uint8Array(await answer.arrayBuffer())).values.at(-1) ?? Number.NaN
    }),
  )
  const mean = lasts.reduce((sum, value) => sum + value, 0) / lasts.length
  await expect(chart(page, 'val/acc')).toHaveAccessibleDescription(new RegExp(`4 lines.*rmsprop: last ${mean.toFixed(4)}`))

  await page.getByRole('radio', { name: 'Median and quartiles' }).check()
  await expect(page).toHaveURL(/band=quartiles/)
  await page.keyboard.press('Escape')
  await expect(chart(page, 'val/acc')).toContainText('median, quartiles, n')
  await page.reload()
  await expect(chart(page, 'val/acc')).toContainText('median, quartiles, n')

  await page.getByRole('button', { name: 'Grouped by params.optimizer' }).click()
  await page.getByRole('button', { name: 'Do not group' }).click()
  await expect(pane(page)).toContainText('10 of 44 runs')
  await expect(page).not.toHaveURL(/group=/)
})

test('a filter rules the groups too, and what was logged once is compared by dots; the rows of a group are told apart', async ({
  page,
}) => {
  await groupByOptimizer(page)
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Filter runs' }).fill("status = 'finished'")
  await expect(pane(page)).toContainText(/4 groups of 4\d runs/)
  const values = page.getByRole('list', { name: 'Values of test/acc' })
  await expect(values.getByRole('listitem')).toHaveCount(4)
  await values.getByText('adam').hover()
  await expect(page.getByRole('row', { name: /adam-lr0.003-h128-s4/ })).toHaveAttribute('data-linked', '')
  await expect(page.getByRole('row', { name: /adam-lr0.003-h128-s3/ })).toHaveAttribute('data-linked', '')
})
