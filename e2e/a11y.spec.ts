import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import type { Page } from '@playwright/test'

import { expect, test } from './fixtures.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  impact: string
  nodes: { target: string[] }[]
}

/** Violations of WCAG 2.2 AA, as `rule: selector` lines. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } }
    const result = await loaded.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return result.violations
  })
  return found.flatMap(violation => violation.nodes.map(node => `${violation.id} (${violation.impact}): ${node.target.join(' ')}`))
}

const pages = [
  { name: 'runs', open: async (page: Page) => await page.goto('/').then(() => page.getByRole('grid').getByRole('link').first().waitFor()) },
  {
    name: 'runs, nothing matches',
    open: async (page: Page) => {
      await page.goto('/')
      await page.getByRole('combobox', { name: 'Filter runs' }).fill("run_name = 'nothing'")
      await page.getByRole('button', { name: 'Clear filter' }).waitFor()
    },
  },
  {
    name: 'runs, columns open',
    open: async (page: Page) => {
      await page.goto('/')
      await page.getByRole('button', { name: /^Columns/ }).click()
      await page.getByRole('textbox', { name: 'Find a column' }).waitFor()
    },
  },
  {
    name: 'run',
    open: async (page: Page) => {
      await page.goto('/')
      await page.getByRole('grid').getByRole('link').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1 }).waitFor()
    },
  },
  {
    name: 'unknown run',
    open: async (page: Page) => await page.goto('/runs/none').then(() => page.getByText(/There is no run/).waitFor()),
  },
  { name: 'sources', open: async (page: Page) => await page.goto('/sources').then(() => page.getByText('Ready').first().waitFor()) },
]

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })
    for (const { name, open } of pages) {
      test(`${name} has no accessibility fault`, async ({ page, faults }) => {
        await open(page)
        expect(await violations(page)).toEqual([])
        // A run that is not there is answered with 404, which the browser logs.
        if (name === 'unknown run') faults.splice(0)
      })
    }
  })
}
