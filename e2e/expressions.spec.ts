import type { Locator, Page } from '@playwright/test'

import { chart, cursor, openCharts, points } from './charts-on-page.ts'
import { expect, test } from './fixtures.ts'

const expression = 'log(`val/loss`) - log(`train/loss`)'

const field = (page: Page): Locator => page.getByRole('combobox', { name: 'Expression' })

test('an expression is typed with completion, mended where it is wrong, drawn, and in the link', async ({ page, browser }) => {
  await openCharts(page)
  await page.getByRole('button', { name: 'Add chart' }).press('Enter')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('log(val/lo')
  await expect(page.getByRole('option')).toHaveText(/`val\/loss`/)
  await page.keyboard.press('Enter')
  await expect(field(page)).toHaveValue('log(`val/loss`')
  await page.keyboard.type(') - log(train/loss)')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('The signs in train/loss count as operators. Did you mean `train/loss`?')
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true')
  await field(page).fill(expression)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Add chart' })).toBeFocused()

  const [val, train] = [await points(page, 'val/loss'), await points(page, 'train/loss')]
  const last = Math.log(val.values.at(-1) ?? 0) - Math.log(train.values.at(-1) ?? 0)
  const words = new RegExp(`1 line, step from 0 to 2,000.*last ${last.toFixed(4)}`)
  const group = page.getByRole('region', { name: 'Expressions' })
  await expect(group.getByRole('figure', { name: expression, exact: true })).toHaveAccessibleDescription(words)
  await expect(chart(page, expression)).toContainText('exact steps')
  await expect(page.getByRole('region').first()).toHaveAccessibleName('Expressions')
  await expect(page.getByText('4 charts')).toBeVisible()

  const fresh = await browser.newPage()
  await fresh.goto(page.url())
  await expect(chart(fresh, expression)).toHaveAccessibleDescription(words)
  await fresh.close()
})

test('an expression is edited and taken away, by keys alone', async ({ page }) => {
  await openCharts(page)
  await page.goto(`${page.url()}&expr=${encodeURIComponent(expression)}`)
  await chart(page, expression).getByRole('button', { name: 'Chart of log' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Edit expression' }).press('Enter')
  await expect(field(page)).toHaveValue(expression)
  await field(page).fill('delta(`val/loss`) * params.lr')
  await page.keyboard.press('Enter')
  const edited = chart(page, 'delta(`val/loss`) * params.lr')
  await expect(edited).toHaveAccessibleDescription(/step from 20 to 2,000/)
  await expect(chart(page, expression)).toHaveCount(0)
  await page.keyboard.press('Tab')
  await expect(edited.getByRole('button', { name: 'Chart of delta' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Remove chart' }).press('Enter')
  await expect(page.getByRole('region', { name: 'Expressions' })).toHaveCount(0)
  await expect(page).not.toHaveURL(/expr=/)
  await expect(page.getByRole('button', { name: 'Add chart' })).toBeFocused()
})

test('what a link asks for and the run cannot give stands in place of the chart', async ({ page }) => {
  await openCharts(page)
  await page.goto(`${page.url()}&expr=${encodeURIComponent('log(,log(`val/los`)'.replace(',', '%2C') + ',log(`val/los`)')}`)
  await expect(chart(page, 'log(`val/los`)')).toContainText('has no metric val/los. Did you mean val/loss?')
  await expect(chart(page, 'log(,log(`val/los`)')).toContainText('Expected a metric, a number or ( after (.')
  await expect(chart(page, 'loss')).toHaveAccessibleDescription(/2 lines/)
})

test('the horizontal axis is another metric: all charts follow, keys go along its steps, and the link shows the same', async ({
  page,
  browser,
}) => {
  await openCharts(page)
  await page.getByRole('button', { name: /^x Step/ }).press('Enter')
  await page.getByRole('menuitem', { name: 'Metric…' }).press('Enter')
  await expect(page.getByRole('combobox', { name: 'Find a metric' })).toBeFocused()
  await page.keyboard.type('val/a')
  await expect(page.getByRole('option')).toHaveText(['val/acc'])
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/x=metric:val\/acc/)
  await expect(page.getByRole('button', { name: 'x val/acc' })).toBeFocused()

  // The first steps are far from the others: with outliers clipped, the axis would leave them out.
  await chart(page, 'loss').getByRole('button', { name: 'Chart of loss' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Clip outliers' }).click()
  await expect(page).toHaveURL(/noclip=loss/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)

  const acc = await points(page, 'val/acc')
  const loss = await points(page, 'val/loss')
  const [least, most] = [Math.min(...acc.values), Math.max(...acc.values)]
  const words = `val/acc from ${least.toFixed(4)} to ${most.toFixed(4)}`
  await expect(chart(page, 'loss')).toHaveAccessibleDescription(new RegExp(words))
  await cursor(page, 'loss').focus()
  await page.keyboard.press('Home')
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight')
  const said = `val/acc ${(acc.values[3] ?? 0).toFixed(4)}, step 60: `
  await expect(cursor(page, 'loss')).toHaveAttribute('aria-valuetext', new RegExp(`^${said}.*val ${(loss.values[3] ?? 0).toFixed(4)}`))

  await chart(page, 'loss').getByRole('button', { name: 'Chart of loss' }).click()
  await page.getByRole('menuitem', { name: 'Show as table' }).click()
  const rows = page.getByRole('dialog', { name: 'loss' }).getByRole('row')
  await expect(rows.first().getByRole('columnheader')).toHaveText(['Line', 'Step', 'Time', 'val/acc', 'Value'])
  await expect(rows.nth(4).getByRole('cell').nth(3)).toHaveText(String(acc.values[3]))
  await page.keyboard.press('Escape')

  const fresh = await browser.newPage()
  await fresh.goto(page.url())
  await expect(chart(fresh, 'loss')).toHaveAccessibleDescription(new RegExp(words))
  await fresh.close()
})

test('beside the table, an expression is drawn for each run, and the axis is a metric of the project', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/')
  await expect(chart(page, 'val/acc')).toHaveAccessibleDescription(/10 lines/)
  const pane = page.getByRole('complementary', { name: 'Charts' })
  await pane.getByRole('button', { name: 'Add chart' }).click()
  await field(page).fill('`val/loss` / los')
  // Esc closes the nearest thing: the names that match, once they are there.
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('option')).toHaveCount(0)
  await page.getByRole('dialog').getByRole('button', { name: 'Add chart', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('Nothing here logged a metric los.')
  await field(page).fill('`val/acc` / `train/acc`')
  await page.keyboard.press('Enter')
  await expect(pane.getByRole('region', { name: 'Expressions' })).toContainText('exact steps')
  await expect(chart(page, '`val/acc` / `train/acc`')).toHaveAccessibleDescription(/10 lines/)
  await pane.getByRole('button', { name: /^x Step/ }).click()
  await page.getByRole('menuitem', { name: 'Metric…' }).click()
  await page.getByRole('option', { name: 'train/acc' }).click()
  await expect(page).toHaveURL(/x=metric:train\/acc/)
  await expect(chart(page, '`val/acc` / `train/acc`')).toHaveAccessibleDescription(/10 lines, train\/acc from/)
})
