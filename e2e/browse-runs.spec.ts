import type { Locator, Page } from '@playwright/test'

import { expect, test } from './fixtures.ts'

// Wide enough for every column that the tests look at: those out of sight are not drawn.
test.use({ viewport: { width: 2300, height: 1080 } })

const grid = (page: Page): Locator => page.getByRole('grid')
const filterField = (page: Page): Locator => page.getByRole('combobox', { name: 'Filter runs' })

/** Names of the rows in sight, from the top. */
async function names(page: Page): Promise<string[]> {
  return await grid(page).getByRole('link').allInnerTexts()
}

test('opens the project, filters with or, sorts, picks columns, selects; a fresh browser shows the same at the copied address', async ({
  page,
  ask,
  browser,
}) => {
  await page.goto('/')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '45')

  const filter = "params.optimizer = 'adam' or max(metrics.`val/acc`) > 0.93"
  await page.keyboard.press('/')
  await expect(filterField(page)).toBeFocused()
  await page.keyboard.type(filter)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  const [project] = await ask('projects', {})
  const expected = await ask('runsPage', { project: project?.id ?? '', filter, sort: ['-max(metrics.`val/acc`)'] })
  await expect(page.getByRole('status').filter({ hasText: `${expected.total} of 44 runs` })).toBeVisible()

  await grid(page)
    .getByRole('columnheader', { name: /^val\/acc/ })
    .click()
  await expect(page).toHaveURL(/sort=/)
  await expect.poll(() => names(page).then(shown => shown.slice(0, 5))).toEqual(expected.rows.slice(0, 5).map(row => row.name))

  await page.getByRole('button', { name: /^Columns/ }).click()
  await page.getByRole('textbox', { name: 'Find a column' }).fill('batch')
  await page.getByRole('checkbox', { name: /batch_size/ }).check()
  await page.keyboard.press('Escape')
  await expect(grid(page).getByRole('columnheader', { name: /batch_size/ })).toBeVisible()

  await grid(page)
    .getByRole('row', { name: new RegExp(expected.rows[0]?.name ?? '') })
    .getByRole('checkbox')
    .check()
  await expect(page.getByRole('toolbar', { name: 'Selected runs' })).toContainText('1 selected')

  const shown = await names(page)
  const fresh = await browser.newPage()
  await fresh.goto(page.url())
  await expect(fresh.getByRole('toolbar', { name: 'Selected runs' })).toContainText('1 selected')
  await expect(grid(fresh).getByRole('columnheader', { name: /batch_size/ })).toBeVisible()
  await expect(filterField(fresh)).toHaveValue(filter)
  await expect.poll(() => names(fresh)).toEqual(shown)
  await fresh.close()
})

test('an error stands under the character, and the results stay', async ({ page, ask }) => {
  await page.goto('/')
  await filterField(page).fill('metrics.`val/acc` > 0.92')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  const count = page.getByRole('status').filter({ hasText: /^\d+ of 44 runs$/ })
  const [project] = await ask('projects', {})
  const { total } = await ask('runsPage', { project: project?.id ?? '', filter: 'metrics.`val/acc` > 0.92' })
  const before = `${total} of 44 runs`
  await expect(count).toHaveText(before)
  await filterField(page).fill("metrics.`val/acc` > 0.92 and statsu = 'finished'")
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await expect(filterField(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText(/Did you mean status\?/)).toBeVisible()
  await expect(count).toHaveText(before)
})

test('the keyboard alone finds a run and opens it', async ({ page }) => {
  await page.goto('/')
  await expect(grid(page).getByRole('link').first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(page.getByRole('toolbar', { name: 'Selected runs' })).toContainText('1 selected')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/runs\//)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('lr')
})

test('completion offers keys and the values seen', async ({ page }) => {
  await page.goto('/')
  await filterField(page).pressSequentially('opt')
  await page.getByRole('option', { name: /params\.optimizer/ }).waitFor()
  await page.keyboard.press('Tab')
  await expect(filterField(page)).toHaveValue(/params\.optimizer/)
})

test('the menu of a column opens and closes by keys, and focus comes back to its head', async ({ page }) => {
  await page.goto('/')
  const head = grid(page).getByRole('columnheader', { name: /^val\/acc/ })
  await head.click()
  for (const close of ['Tab', 'Shift+Tab', 'Escape']) {
    await page.keyboard.press('Alt+ArrowDown')
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem', { name: 'Sort ascending' })).toBeFocused()
    await page.keyboard.press(close)
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(head).toBeFocused()
  }
})

test('a popover is left with Tab at its ends, back to its button', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: /^Columns/ }).click()
  await expect(page.getByRole('textbox', { name: 'Find a column' })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Columns/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Hide all' }).focus()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Taller rows' })).toBeFocused()
})
