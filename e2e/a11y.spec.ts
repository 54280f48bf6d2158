import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import type { Page } from '@playwright/test'

import { compareStates } from './compare-states.ts'
import { expect, test } from './fixtures.ts'
import { openPopup, still } from './popups.ts'
import { demo, serve } from './serve.ts'
import { violations } from './violations.ts'

const grid = (page: Page) => page.getByRole('grid')
const filterField = (page: Page) => page.getByRole('combobox', { name: 'Filter runs' })

async function openRuns(page: Page): Promise<void> {
  await page.goto('/')
  await grid(page).getByRole('link').first().waitFor()
}

async function openTab(page: Page, name: string): Promise<void> {
  await openRuns(page)
  await page.getByRole('link', { name: 'adam-lr0.003-h128-s2' }).click()
  await page.getByRole('tab', { name }).click()
}

const states: { name: string; open: (page: Page) => Promise<void>; logs?: boolean }[] = [
  { name: 'runs', open: openRuns },
  {
    name: 'runs, charts beside',
    open: async page => {
      await openRuns(page)
      await page.getByRole('button', { name: 'Show charts' }).click()
      await page.getByRole('figure', { name: 'val/acc' }).getByRole('slider').waitFor()
    },
  },
  {
    name: 'runs, grouped',
    open: async page => {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto('/')
      await page.getByRole('button', { name: 'Group runs' }).click()
      await page.getByRole('checkbox', { name: /^optimizer/ }).check()
      await page.getByText('4 groups of 44 runs').waitFor()
      await page.getByRole('list', { name: 'Values of test/acc' }).waitFor()
      await still(page, 'dialog')
    },
  },
  {
    name: 'runs, nothing matches',
    open: async page => {
      await page.goto('/')
      await filterField(page).fill("run_name = 'nothing'")
      await page.getByRole('button', { name: 'Clear filter' }).waitFor()
    },
  },
  {
    name: 'runs, completion open',
    open: async page => {
      await openRuns(page)
      await filterField(page).pressSequentially("params.optimizer = 'a")
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'runs, completion with values seen',
    open: async page => {
      await openRuns(page)
      await filterField(page).pressSequentially('optimi')
      await page.getByText('Values seen').waitFor()
    },
  },
  {
    name: 'runs, filter with an error',
    open: async page => {
      await openRuns(page)
      await filterField(page).fill("statsu = 'finished'")
      await page.keyboard.press('Escape')
      await page.keyboard.press('Enter')
      await page.getByText(/Did you mean status\?/).waitFor()
    },
  },
  {
    name: 'runs, menu of a column',
    open: async page => {
      await openRuns(page)
      const head = page.getByRole('columnheader', { name: /^val\/acc/ })
      await head.hover()
      await head.getByRole('button').click()
      await still(page, 'menu')
    },
  },
  {
    name: 'runs, columns open',
    open: async page => {
      await openRuns(page)
      await openPopup(page, /^Columns/, 'dialog')
      await page
        .getByRole('checkbox', { name: /val\/acc/ })
        .first()
        .waitFor()
    },
  },
  {
    name: 'runs, sort open',
    open: async page => {
      await openRuns(page)
      await page.getByRole('columnheader', { name: /^val\/acc/ }).click()
      await openPopup(page, /^Sort/, 'dialog')
      await page.getByText('Then by').waitFor()
    },
  },
  {
    name: 'runs, selection',
    open: async page => {
      await openRuns(page)
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.getByRole('toolbar', { name: 'Selected runs' }).waitFor()
    },
  },
  {
    name: 'keys',
    open: async page => {
      await openRuns(page)
      await page.keyboard.press('?')
      await still(page, 'dialog')
    },
  },
  {
    name: 'theme menu',
    open: async page => {
      await openRuns(page)
      await openPopup(page, /Theme/, 'menu')
    },
  },
  {
    name: 'tooltip',
    open: async page => {
      await openRuns(page)
      await page.getByRole('button', { name: 'Taller rows' }).hover()
      await page.getByText('Taller rows').waitFor()
    },
  },
  {
    name: 'sidebar closed, its projects open',
    open: async page => {
      await openRuns(page)
      await page.getByRole('button', { name: 'Close sidebar' }).click()
      await openPopup(page, 'Projects', 'dialog')
    },
  },
  ...['Overview', 'Charts', 'Metrics', 'Params', 'Tags', 'Artifacts'].map(tab => ({
    name: `run, ${tab.toLowerCase()}`,
    open: async (page: Page) => {
      await openTab(page, tab)
      await page.waitForLoadState('networkidle')
    },
  })),
  {
    name: 'menu of a chart',
    open: async page => {
      await openTab(page, 'Charts')
      await openPopup(page, 'Chart of loss', 'menu')
    },
  },
  {
    name: 'smoothing of charts',
    open: async page => {
      await openTab(page, 'Charts')
      await openPopup(page, /^Smoothing/, 'dialog')
      await page.getByRole('radio', { name: 'EMA' }).check()
    },
  },
  {
    name: 'an expression typed, with completion',
    open: async page => {
      await openTab(page, 'Charts')
      await page.getByRole('button', { name: 'Add chart' }).click()
      await still(page, 'dialog')
      await page.getByRole('combobox', { name: 'Expression' }).pressSequentially('log(val/l')
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'an expression with an error',
    open: async page => {
      await openTab(page, 'Charts')
      await page.getByRole('button', { name: 'Add chart' }).click()
      await still(page, 'dialog')
      await page.getByRole('combobox', { name: 'Expression' }).fill('log(loss))')
      await page.keyboard.press('Enter')
      await page.getByText('This ) closes nothing.').waitFor()
    },
  },
  {
    name: 'metric of the horizontal axis',
    open: async page => {
      await openTab(page, 'Charts')
      await page.getByRole('button', { name: /^x Step/ }).click()
      await page.getByRole('menuitem', { name: 'Metric…' }).click()
      await still(page, 'dialog')
    },
  },
  {
    name: 'run, charts of expressions over a metric',
    open: async page => {
      await openTab(page, 'Charts')
      await page.goto(`${page.url()}&x=metric:val/acc&expr=log(${encodeURIComponent('`val/loss`')})`)
      await page.getByRole('figure', { name: 'log(`val/loss`)' }).getByRole('slider').waitFor()
    },
  },
  {
    name: 'runs, charts of expressions beside',
    open: async page => {
      await page.setViewportSize({ width: 1440, height: 900 })
      await openRuns(page)
      await page.goto(`${page.url().split('?')[0]}?expr=log(${encodeURIComponent('`val/loss`')})`)
      await page.getByRole('figure', { name: 'log(`val/loss`)' }).getByRole('slider').waitFor()
    },
  },
  {
    name: 'table of a chart',
    open: async page => {
      await openTab(page, 'Charts')
      await page.getByRole('button', { name: 'Chart of loss' }).click()
      await page.getByRole('menuitem', { name: 'Show as table' }).click()
      await still(page, 'dialog')
    },
  },
  {
    name: 'values at a held cursor',
    open: async page => {
      await openTab(page, 'Charts')
      await page.getByRole('slider', { name: 'Cursor in loss' }).focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: /Copy/ }).first().waitFor()
    },
  },
  {
    name: 'run, an artifact shown',
    open: async page => {
      await openTab(page, 'Artifacts')
      await page.getByRole('treeitem', { name: /^evaluation/ }).click()
      await page.getByRole('treeitem', { name: /test\.json/ }).click()
      await page.waitForLoadState('networkidle')
    },
  },
  {
    name: 'run, nothing found',
    open: async page => {
      await openTab(page, 'Params')
      await page.getByRole('textbox', { name: 'Find a param' }).fill('nothing')
      await page.getByRole('button', { name: 'Clear search' }).waitFor()
    },
  },
  // A run that is not there is answered with 404, which the browser logs.
  {
    name: 'unknown run',
    logs: true,
    open: async page => await page.goto('/runs/none').then(() => page.getByText(/There is no run/).waitFor()),
  },
  { name: 'unknown page', open: async page => await page.goto('/nowhere').then(() => page.getByText(/There is no page/).waitFor()) },
  {
    name: 'a page that cannot be loaded',
    logs: true,
    open: async page => {
      await page.route(/sources-page[^/]*\.js/, route => route.abort())
      await page.goto('/sources')
      await page.getByText('This page cannot be shown.').waitFor()
    },
  },
  {
    name: 'a run that cannot be read',
    logs: true,
    open: async page => {
      await page.route(/\/api\/run\?/, route => route.fulfill({ status: 500, json: { error: { kind: 'internal', message: 'It broke.' } } }))
      await page.goto('/runs/some')
      await page.getByText('This run cannot be shown.').waitFor()
    },
  },
  { name: 'sources', open: async page => await page.goto('/sources').then(() => page.getByText('Ready').first().waitFor()) },
  ...compareStates,
]

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })
    for (const { name, open, logs } of states) {
      test(`${name} has no accessibility fault`, async ({ page, faults }) => {
        await open(page)
        expect(await violations(page)).toEqual([])
        if (logs) faults.splice(0)
      })
    }
  })
}

test('sources with issues and a start without runs have no accessibility fault', async ({ page }) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'readout-a11y-'))
  const mlruns = path.join(folder, 'mlruns')
  const bare = path.join(folder, 'bare')
  cpSync(demo, mlruns, { recursive: true })
  mkdirSync(bare)
  const [run] = readdirSync(mlruns, { recursive: true, encoding: 'utf8' }).filter(name => /\w{32}.metrics.train.loss$/.test(name))
  writeFileSync(path.join(mlruns, run ?? ''), 'not a point\n')
  try {
    for (const [data, ready] of [
      [mlruns, /issue of/],
      [bare, /issue of/],
    ] as const) {
      const served = await serve(data)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        if (data === bare) {
          await page.goto(served.url)
          await page.getByText('No runs yet.').waitFor()
          expect(await violations(page)).toEqual([])
        }
        await page.goto(`${served.url}/sources`)
        const issues = page.getByRole('button', { name: ready })
        if ((await issues.getAttribute('aria-expanded')) === 'false') await issues.click()
        await page.getByRole('list', { name: /^Issues of/ }).waitFor()
        expect(await violations(page)).toEqual([])
      }
      // A page that is open asks for its server until it is there again.
      await page.goto('about:blank')
      await served.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
