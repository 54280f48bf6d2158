import path from 'node:path'

import type { Page } from '@playwright/test'

import { expect, test } from './fixtures.ts'

const pictures = path.join(import.meta.dirname, 'pictures')

interface Shift {
  value: number
  hadRecentInput: boolean
}

/** Sum of the layout shifts since the page was opened, those after a user's own input left out. */
async function layoutShift(page: Page): Promise<number> {
  return await page.evaluate(
    async () =>
      await new Promise<number>(resolve => {
        let sum = 0
        const observer = new PerformanceObserver(list => {
          for (const entry of list.getEntries() as unknown as Shift[]) if (!entry.hadRecentInput) sum += entry.value
        })
        observer.observe({ type: 'layout-shift', buffered: true })
        requestAnimationFrame(() => setTimeout(() => resolve(sum), 0))
      }),
  )
}

/** True where the page itself, and not a box in it, scrolls sideways. */
async function overflows(page: Page): Promise<boolean> {
  return await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
}

/** With the height in px of its picture in the README, where it has one: what is below depends on where the runs lie. */
const screens: { name: string; picture?: number; open: (page: Page) => Promise<void> }[] = [
  {
    name: 'runs',
    picture: 900,
    open: async (page: Page) => await page.goto('/').then(() => page.getByRole('grid').getByRole('link').first().waitFor()),
  },
  {
    name: 'filter',
    picture: 900,
    open: async (page: Page) => {
      await page.goto('/')
      await page.getByRole('grid').getByRole('link').first().waitFor()
      await page.getByRole('combobox', { name: 'Filter runs' }).pressSequentially('max(metrics.`val/acc`) > 0.93 and params.opt')
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'charts',
    picture: 600,
    open: async (page: Page) => {
      await page.goto('/')
      await page.getByRole('link', { name: 'adam-lr0.003-h128-s2' }).click()
      await page.getByRole('heading', { level: 1, name: 'adam-lr0.003-h128-s2' }).waitFor()
      await page.goto(`${page.url()}?tab=charts`)
      await page.getByRole('figure', { name: 'loss' }).getByRole('slider').waitFor()
      await page.waitForLoadState('networkidle')
    },
  },
  {
    name: 'expressions over a metric',
    open: async (page: Page) => {
      await page.goto('/')
      await page.getByRole('link', { name: 'adam-lr0.003-h128-s2' }).click()
      await page.getByRole('heading', { level: 1, name: 'adam-lr0.003-h128-s2' }).waitFor()
      await page.goto(`${page.url()}?tab=charts&x=metric:val/acc&expr=log(%60val/loss%60)`)
      await page.getByRole('figure', { name: 'log(`val/loss`)' }).getByRole('slider').waitFor()
    },
  },
  {
    name: 'expressions beside the table',
    open: async (page: Page) => {
      await page.goto('/')
      await page.getByRole('grid').getByRole('link').first().waitFor()
      const charts = page.getByRole('button', { name: 'Show charts' })
      await page.goto(`${page.url()}?expr=log(%60val/loss%60)`)
      await page.getByRole('grid').getByRole('link').first().waitFor()
      if (await charts.isVisible()) await charts.click()
      await page.getByRole('figure', { name: 'log(`val/loss`)' }).getByRole('slider').waitFor()
    },
  },
  {
    name: 'run',
    picture: 600,
    open: async (page: Page) => {
      await page.goto('/')
      await page.getByRole('link', { name: 'adam-lr0.003-h128-s2' }).click()
      await page.getByRole('heading', { level: 1, name: 'adam-lr0.003-h128-s2' }).waitFor()
      await page.waitForLoadState('networkidle')
    },
  },
  { name: 'sources', open: async (page: Page) => await page.goto('/sources').then(() => page.getByText('Ready').first().waitFor()) },
]

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 1440, 1920]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: width === 1280 ? 800 : 900 } })
      for (const { name, open, picture } of screens) {
        test(`${name} stands still and fits`, async ({ page }) => {
          await open(page)
          await page.waitForLoadState('networkidle')
          expect(await layoutShift(page)).toBeLessThan(0.01)
          expect(await overflows(page)).toBe(false)
          if (process.env['READOUT_PICTURES'] && picture && width === 1440) {
            await page.screenshot({ path: path.join(pictures, `${name}-${colorScheme}.png`), clip: { x: 0, y: 0, width, height: picture } })
          }
        })
      }
    })
  }
}
