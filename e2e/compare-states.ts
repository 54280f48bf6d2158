import type { Page } from '@playwright/test'

import { openPopup, still } from './popups.ts'

/** Three runs side by side; `view` is what the address says besides. */
async function openCompare(page: Page, view = ''): Promise<void> {
  await page.goto('/')
  await page.getByRole('grid').getByRole('link').first().waitFor()
  for (const name of ['adam-lr0.003-h128-s1', 'adam-lr0.003-h128-s2', 'adam-lr0.001-h128-s5']) {
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  }
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByRole('list', { name: 'Compared runs' }).waitFor()
  if (view !== '') await page.goto(`${page.url()}&${view}`)
  await page.getByRole('list', { name: 'Compared runs' }).waitFor()
}

/** States of the comparison that are looked at by axe. */
export const compareStates: { name: string; open: (page: Page) => Promise<void> }[] = [
  {
    name: 'compare',
    open: async page => {
      await openCompare(page)
      await page.getByRole('figure', { name: 'val/acc' }).getByRole('slider').waitFor()
    },
  },
  {
    name: 'compare, all rows and a bad expression',
    open: async page => {
      await openCompare(page, 'tab=params&same=1&rows=l%28')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'compare, a run that is not here',
    open: async page => {
      await openCompare(page)
      await page.goto(page.url().replace('runs=', 'runs=gone,'))
      await page.getByText('No run gone in this home.').waitFor()
    },
  },
  {
    name: 'compare, texts side by side',
    open: async page => {
      await openCompare(page, 'tab=params&rows=runName')
      await page.getByRole('gridcell').nth(1).getByRole('button').click()
      await still(page, 'dialog')
    },
  },
  {
    name: 'compare, runs to add',
    open: async page => {
      await openCompare(page)
      await openPopup(page, 'Add run', 'dialog')
      await page.getByRole('checkbox', { name: /^sgd/ }).first().waitFor()
    },
  },
  {
    name: 'compare, grouped curves and the grouping',
    open: async page => {
      await openCompare(page, 'tab=curves&group=but:seed')
      await page.getByRole('figure', { name: 'val/acc' }).getByRole('slider').waitFor()
      await openPopup(page, /^Group by/, 'dialog')
    },
  },
  {
    name: 'compare, relations with an axis open',
    open: async page => {
      await openCompare(page, 'tab=relations&color=metrics.val/acc&brush=params.seed%252Crange%252C1%252C1')
      await page.getByText('1 of 3 runs picked').waitFor()
      await openPopup(page, 'seed', 'dialog')
    },
  },
  {
    name: 'compare, nothing chosen',
    open: async page => {
      await page.goto('/compare')
      await page.getByText(/^No runs to compare/).waitFor()
    },
  },
]
