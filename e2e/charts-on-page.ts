import { expect, type Locator, type Page } from '@playwright/test'

import { decodeSeriesFrame, type Series } from '#contract/series-frame.ts'

const chartedRun = 'adam-lr0.003-h128-s2'

export const chart = (page: Page, title: string): Locator => page.getByRole('figure', { name: title, exact: true })
export const cursor = (page: Page, title: string): Locator => page.getByRole('slider', { name: `Cursor in ${title}`, exact: true })

/** Opens the charts of a run of the demo, from the start page. Its twins `train/loss` and `val/loss` share one. */
export async function openCharts(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('link', { name: chartedRun }).click()
  await page.getByRole('tab', { name: /^Charts/ }).click()
  await expect(chart(page, 'loss')).toHaveAccessibleDescription(/Line chart of loss, 2 lines/)
}

/** Every point of a metric of the run that the page shows. */
export async function points(page: Page, key: string): Promise<Series> {
  const run = /\/runs\/([^?/]+)/.exec(page.url())?.[1] ?? ''
  const answer = await fetch(new URL(`/api/series?run=${run}&key=${encodeURIComponent(key)}`, page.url()))
  return decodeSeriesFrame(new Uint8Array(await answer.arrayBuffer()))
}
