import path from 'node:path'

import { chromium, type BrowserContext, type Locator, type Page } from '@playwright/test'

import { endFrames, startFrames } from './in-page.ts'
import type { BenchRun, Line } from './line.ts'
import { openStore } from './make-store.ts'
import { manySeries, openSeriesStore } from './series-store.ts'
import { startServer } from './server.ts'
import { median, percentile, sleep } from './stats.ts'

const viewport = { width: 1440, height: 900 }

declare global {
  interface Window {
    /** When the latest answer with series had come whole. */
    benchSeriesAt?: number
  }
}

/** Put into every page before its own scripts: notes when series have come. Sent there as its text. */
function watchSeries(): void {
  const real = window.fetch
  window.fetch = async (...input) => {
    const response = await real(...input)
    if (!response.url.endsWith('/api/series-windows')) return response
    const whole = response.arrayBuffer.bind(response)
    response.arrayBuffer = async () => {
      const bytes = await whole()
      window.benchSeriesAt = performance.now()
      return bytes
    }
    return response
  }
}

/** Milliseconds from the arrival of the series to the frame in which the chart tells of so many lines; fails after 20 s. Sent there as its text. */
function untilDrawn(words: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const look = () => {
      const caption = [...document.querySelectorAll('figcaption')].find(element => element.textContent.includes(words))
      // One canvas is for the cursor and there from the start; the library's own is drawn to in the next frame.
      const canvases = caption?.closest('figure')?.querySelectorAll('canvas').length ?? 0
      const tell = () => resolve(performance.now() - (window.benchSeriesAt ?? Number.NaN))
      if (canvases > 1) requestAnimationFrame(tell)
      else if (performance.now() - started > 20_000) reject(new Error(`No chart of ${words}`))
      else requestAnimationFrame(look)
    }
    look()
  })
}

async function openChart(context: BrowserContext, address: string, words: string): Promise<{ page: Page; ms: number }> {
  const page = await context.newPage()
  await page.addInitScript(watchSeries)
  await page.goto(address, { waitUntil: 'commit' })
  return { page, ms: await page.evaluate(untilDrawn, words) }
}

/** Time to draw in pages of their own, the first of which loads the drawing code too. */
async function drawn(context: BrowserContext, address: string, words: string, rounds: number): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const { page, ms } = await openChart(context, address, words)
    times.push(ms)
    await page.close()
  }
  return times
}

async function scrollFrames(page: Page, over: Locator): Promise<number[]> {
  const box = await over.boundingBox()
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 400)
  await page.evaluate(startFrames)
  for (let notch = 0; notch < 160; notch += 1) {
    await page.mouse.wheel(0, 120)
    await sleep(8)
  }
  return await page.evaluate(endFrames)
}

async function onServer(home: string, context: BrowserContext, work: (project: string, context: BrowserContext) => Promise<Line[]>) {
  const server = await startServer(home)
  try {
    const [project] = await server.client.json<{ id: string }[]>('/api/projects')
    return await work(`${server.url}/projects/${project?.id ?? ''}`, context)
  } finally {
    await server.stop()
  }
}

/**
 * Notes what the head of the chart says, and resolves to the milliseconds from the arrival of the next series to the frame in which it says
 * something else. Sent there as its text.
 */
function untilRedrawn(): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const said = () => document.querySelector('figure h3 + span')?.textContent
    const before = said()
    const look = () => {
      const came = window.benchSeriesAt ?? 0
      if (came > started && said() !== before) requestAnimationFrame(() => resolve(performance.now() - came))
      else if (performance.now() - started > 20_000) reject(new Error('The chart did not change'))
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** Time to draw other points in a page that is open: it is zoomed into step by step. */
async function redrawn(context: BrowserContext, address: string, lines: string, rounds: number): Promise<number[]> {
  const { page } = await openChart(context, address, lines)
  await page.getByRole('slider').focus()
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const drawing = page.evaluate(untilRedrawn)
    await page.keyboard.press('+')
    times.push(await drawing)
  }
  await page.close()
  return times
}

async function longLines(project: string, context: BrowserContext): Promise<Line[]> {
  const address = `${project}?selected=all&columns=metrics.${encodeURIComponent(`\`${manySeries.key}\``)}`
  const times = await drawn(context, address, `${manySeries.runs} lines`, 3)
  const again = await redrawn(context, address, `${manySeries.runs} lines`, 10)
  return [
    {
      what: '50 series × 100 k points on one chart, drawn',
      unit: 'ms',
      budget: 100,
      measured: median(again),
      note: `from the arrival of the series to the frame, p95 ${percentile(again, 0.95).toFixed(0)} ms; in a page opened anew, with its drawing code, ${median(times).toFixed(0)} ms`,
    },
  ]
}

async function manyLines(project: string, context: BrowserContext): Promise<Line[]> {
  const answer = await context.request.post(new URL('/api/runs', project).href, { data: { project: project.split('/').at(-1), limit: 20 } })
  const { total, rows } = (await answer.json()) as { total: number; rows: { id: string }[] }
  const times = await drawn(context, `${project}?selected=all&columns=metrics.${encodeURIComponent('`val/loss`')}`, `${total} lines`, 4)
  const ids = rows.map(row => row.id)
  const { page } = await openChart(context, `${project}?selected=${ids.join(',')}&columns=metrics.*`, '20 lines')
  const pane = page.getByRole('complementary', { name: 'Charts' })
  const more = pane.getByRole('button', { name: /more chart/ })
  for (let round = 0; round < 8 && (await more.count()) > 0; round += 1) await more.click()
  const charts = await pane.locator('[data-near-view]').count()
  const frames = await scrollFrames(page, pane)
  const drawnCharts = await pane.getByRole('slider').count()
  const scrolled = await pane.locator('div:has(> [data-near-view])').evaluate(element => element.scrollTop)
  await page.close()
  return [
    {
      what: `${total} lines on one chart, drawn`,
      unit: 'ms',
      budget: null,
      measured: median(times.slice(1)),
      note: `200 points each; the first page ${times[0]?.toFixed(0)} ms`,
    },
    {
      what: '100 charts × 20 runs scrolled, frame p95',
      unit: 'ms',
      budget: null,
      measured: percentile(frames, 0.95),
      note: `p50 ${median(frames).toFixed(1)} ms, worst ${Math.max(...frames).toFixed(0)} ms over ${frames.length} frames`,
      faults:
        charts === 100 && scrolled > 10_000 && drawnCharts < 15
          ? []
          : [`${charts} charts, ${drawnCharts} of them drawn, scrolled by ${scrolled} px`],
    },
  ]
}

/** The page of a run with more metrics than anybody looks at. */
async function wideRun(project: string, context: BrowserContext): Promise<Line[]> {
  const answer = await context.request.post(new URL('/api/runs', project).href, { data: { project: project.split('/').at(-1), limit: 1 } })
  const { rows } = (await answer.json()) as { rows: { id: string }[] }
  const { page, ms } = await openChart(context, new URL(`/runs/${rows[0]?.id ?? ''}?tab=charts`, project).href, 'Line chart')
  const counts = await page.locator('[data-near-grid]').evaluateAll(grids => grids.map(grid => Number(grid.getAttribute('data-near-grid'))))
  const charts = counts.reduce((sum, count) => sum + count, 0)
  const frames = await scrollFrames(page, page.getByRole('tabpanel'))
  const drawnCharts = await page.getByRole('slider').count()
  await page.close()
  return [
    {
      what: `run page of ${charts} charts scrolled, frame p95`,
      unit: 'ms',
      budget: null,
      measured: percentile(frames, 0.95),
      note: `worst ${Math.max(...frames).toFixed(0)} ms over ${frames.length} frames; the first chart ${ms.toFixed(0)} ms after its series`,
      faults: charts > 1_400 && drawnCharts < 40 ? [] : [`${charts} charts, ${drawnCharts} of them drawn`],
    },
  ]
}

/** Charts in a real browser. */
export async function chartLines(run: BenchRun): Promise<Line[]> {
  const long = openSeriesStore()
  const curves = openStore('curves', 1)
  const executablePath = await run.tools.findChromium(path.resolve(import.meta.dirname, '../..'), run.say)
  const browser = await chromium.launch({ executablePath, args: run.tools.chromiumFlags })
  try {
    const context = await browser.newContext({ viewport })
    return [
      ...(await onServer(long.home, context, longLines)),
      ...(await onServer(curves.home, context, manyLines)),
      ...(await onServer(openStore('wide', 0.02).home, context, wideRun)),
    ]
  } finally {
    await browser.close()
  }
}
