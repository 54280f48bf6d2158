import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import type { Page } from '@playwright/test'

import { expect, test } from './fixtures.ts'
import { demo, serve } from './serve.ts'

test.use({ viewport: { width: 1440, height: 900 } })

const facts = (page: Page) => page.getByRole('grid', { name: 'Params and fields' })
const chart = (page: Page, title: string) => page.getByRole('figure', { name: title, exact: true })

/** Ids of runs by their names, in that order. */
async function idsOf(
  ask: (name: 'runsPage', input: { project: string; limit: number }) => Promise<{ rows: { id: string; name: string }[] }>,
  project: string,
  names: string[],
) {
  const { rows } = await ask('runsPage', { project, limit: 100 })
  return names.map(name => rows.find(row => row.name === name)?.id ?? '')
}

const three = ['adam-lr0.003-h128-s1', 'adam-lr0.003-h128-s2', 'adam-lr0.001-h128-s5']

test('three runs are selected, compared, and what differs is read against a baseline; the link shows the same', async ({
  page,
  browser,
}) => {
  await page.goto('/')
  for (const name of three) await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/compare\?runs=/)
  await expect(page.getByRole('list', { name: 'Compared runs' }).getByRole('listitem')).toHaveCount(3)

  await expect(page.getByText(/^\d+ of \d+ rows differ$/)).toBeVisible()
  await expect(facts(page).getByRole('rowheader', { name: 'seed' })).toBeVisible()
  await expect(facts(page).getByRole('rowheader', { name: 'optimizer' })).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'Only differences' }).uncheck()
  await expect(facts(page).getByRole('rowheader', { name: 'optimizer' })).toBeVisible()

  await page.getByRole('button', { name: 'Baseline: adam-lr0.001-h128-s5' }).click()
  await expect(page.getByRole('button', { name: 'Baseline: adam-lr0.001-h128-s5' })).toHaveAttribute('aria-pressed', 'true')
  await expect(facts(page).getByRole('columnheader').nth(1)).toHaveAccessibleName(/adam-lr0.001-h128-s5/)

  const field = page.getByRole('textbox', { name: 'Rows that match a regular expression' })
  await field.fill('^(lr|seed|val/acc)$')
  await expect(facts(page).getByRole('rowheader')).toHaveCount(5)
  const accuracy = facts(page).getByRole('row', { name: /val\/acc/ })
  await expect(accuracy.getByRole('gridcell').nth(1)).toContainText(/same|[+−]0\.0\d+/)
  await expect(accuracy.getByRole('img', { name: /better|worse/ })).not.toHaveCount(0)
  await field.fill('lr(')
  await expect(page.getByRole('alert')).toContainText('Not a regular expression')
  await field.fill('^(lr|seed|val/acc)$')

  await page.getByRole('button', { name: /^Group by/ }).click()
  await page.getByRole('radio', { name: 'Grouped by all params but these' }).check()
  await expect(page).toHaveURL(/group=but:seed/)
  await page.keyboard.press('Escape')
  await expect(chart(page, 'val/acc')).toContainText('mean ± std, n 1 to 2')

  const other = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await other.goto(page.url())
  await expect(facts(other).getByRole('rowheader')).toHaveCount(5)
  await expect(facts(other).getByRole('columnheader').nth(1)).toHaveAccessibleName(/adam-lr0.001-h128-s5/)
  await expect(chart(other, 'val/acc')).toContainText('mean ± std, n 1 to 2')
  await other.context().close()
})

test('a run that is not here is said, the others are compared; runs are taken away and added', async ({ page, ask }) => {
  const [project] = await ask('projects', {})
  const ids = await idsOf(ask, project?.id ?? '', three)
  await page.goto(`/compare?runs=${ids.join(',')},gone`)
  await expect(page.getByRole('status').filter({ hasText: 'No run gone in this home.' })).toBeVisible()
  await page.getByRole('button', { name: 'Leave it out' }).click()
  await expect(page.getByText('No run gone in this home.')).toHaveCount(0)
  await page.getByRole('button', { name: `Remove ${three[0]}` }).click()
  const chips = page.getByRole('list', { name: 'Compared runs' }).getByRole('listitem')
  await expect(chips).toHaveCount(2)
  await page.getByRole('button', { name: 'Add run' }).click()
  await page.getByRole('textbox', { name: 'Find a run' }).fill('sgd-lr0.1-h128')
  await page.getByRole('checkbox', { name: /^sgd-lr0.1-h128-s4/ }).check()
  await expect(chips).toHaveCount(3)
  await page.goto('/compare?runs=gone')
  await expect(page.getByText('None of these runs is in this home.')).toBeVisible()
  await page.goto('/compare')
  await expect(page.getByText(/^No runs to compare/)).toBeVisible()
})

test('the table of facts is walked by keys, and a text is shown beside that of the baseline', async ({ page, ask }) => {
  const [project] = await ask('projects', {})
  const ids = await idsOf(ask, project?.id ?? '', three)
  await page.goto(`/compare?runs=${ids.join(',')}&tab=params&rows=runName`)
  const cell = facts(page).getByRole('rowheader', { name: 'mlflow.runName' })
  await cell.click()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'mlflow.runName' })
  await expect(dialog.locator('ins')).toHaveText(['s2'])
  await expect(dialog.locator('del')).toHaveText(['s1'])
  await page.keyboard.press('Escape')
  await expect(facts(page).locator('[data-active]')).toBeFocused()
})

test('runs are picked on an axis by a drag and by fields; the address holds what is picked', async ({ page, ask }) => {
  const [project] = await ask('projects', {})
  const { rows } = await ask('runsPage', { project: project?.id ?? '', limit: 100 })
  await page.goto(`/compare?runs=${rows.map(({ id }) => id).join(',')}&tab=relations`)
  await expect(page.getByText('44 of 44 runs picked')).toBeVisible()
  await page.getByRole('button', { name: 'optimizer', exact: true }).click()
  await page.getByRole('checkbox', { name: 'adam' }).check()
  const adam = await ask('runsPage', { project: project?.id ?? '', filter: "params.optimizer = 'adam'" })
  await expect(page.getByText(`${adam.total} of 44 runs picked`)).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'val/acc', exact: true }).click()
  await page.getByRole('textbox', { name: 'From' }).fill('0.97')
  await page.keyboard.press('Enter')
  const good = await ask('runsPage', { project: project?.id ?? '', filter: "params.optimizer = 'adam' and max(metrics.`val/acc`) >= 0.97" })
  await expect(page.getByText(`${good.total} of 44 runs picked`)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.getByText(`${good.total} of 44 runs picked`)).toBeVisible()

  await page.getByRole('button', { name: 'Pick all' }).click()
  const plot = page.getByRole('img', { name: /^44 runs on/ })
  const box = (await plot.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const x = box.x + box.width / 12
  await page.mouse.move(x, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(x, box.y + box.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(page).toHaveURL(/brush=params\.hidden/)
  await expect(page.getByText(/^\d+ of 44 runs picked$/)).not.toHaveText('44 of 44 runs picked')
})

test('packages of the runs differ; a run whose files go while it is compared is said, and the others stay', async ({ page }) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'readout-compare-'))
  const mlruns = path.join(folder, 'mlruns')
  cpSync(demo, mlruns, { recursive: true })
  const runs = readdirSync(mlruns, { recursive: true, encoding: 'utf8' })
    .filter(name => /\w{32}.meta\.yaml$/.test(name))
    .map(name => path.join(mlruns, path.dirname(name)))
    .filter(run => readFileSync(path.join(run, 'meta.yaml'), 'utf8').includes('status: 3'))
    .slice(0, 2)
  for (const [at, run] of runs.entries())
    writeFileSync(path.join(run, 'artifacts', 'requirements.txt'), `numpy==2.3.${at}\nscikit-learn==1.7.0\n`)
  const served = await serve(mlruns, { inPlace: true })
  try {
    await page.goto(`${served.url}/compare?tab=params&runs=${runs.map(run => path.basename(run)).join(',')}`)
    const numpy = facts(page).getByRole('row', { name: /numpy/ })
    await expect(numpy.getByRole('gridcell')).toHaveText(['2.3.0', '2.3.1'])
    await expect(facts(page).getByRole('rowheader', { name: 'scikit-learn' })).toHaveCount(0)
    await expect(page.getByText('Files gone')).toHaveCount(0)
    rmSync(runs[1] ?? '', { recursive: true })
    await expect(page.getByText('Files gone')).toBeVisible({ timeout: 40_000 })
    await expect(facts(page).getByRole('columnheader')).toHaveCount(3)
  } finally {
    // A page that is open asks for its server until it is there again.
    await page.goto('about:blank')
    await served.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
