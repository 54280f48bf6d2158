import path from 'node:path'

import { chromium, type BrowserContext, type Page } from '@playwright/test'

import type { RunsPage } from '#contract/runs-page.ts'

import { endFrames, jump, startFrames, watchFirstRows } from './in-page.ts'
import type { BenchRun, Line } from './line.ts'
import { openStore, type Store } from './make-store.ts'
import { startServer, type BenchServer } from './server.ts'
import { sparseKeys } from './shapes.ts'
import { median, percentile, sleep } from './stats.ts'

const viewport = { width: 1440, height: 900 }
/** Rows and columns of one request that a window of this size can need. */
const mostRows = 100
const mostColumns = 60
const jumpTimeout = 5_000

/** What the page asked for and got of the run table. */
class Traffic {
  requests = 0
  rows = 0
  readonly faults = new Set<string>()
  readonly #waiting = new Set<Promise<void>>()

  watch(page: Page): void {
    page.on('response', response => {
      if (!response.url().endsWith('/api/runs')) return
      const { limit = 100, columns = [] } = response.request().postDataJSON() as { limit?: number; columns?: string[] }
      this.requests += 1
      if (limit > mostRows) this.faults.add(`${limit} rows asked for at once`)
      if (columns.length > mostColumns) this.faults.add(`${columns.length} columns asked for at once`)
      const seen = response.json().then(
        (answer: RunsPage) => {
          this.rows += answer.rows.length
          if (answer.rows.length > limit) this.faults.add(`${answer.rows.length} rows came where ${limit} were asked for`)
          if (answer.columns.length !== columns.length)
            this.faults.add(`${answer.columns.length} columns came where ${columns.length} were asked for`)
        },
        () => undefined, // the page moved on and dropped the answer
      )
      this.#waiting.add(seen)
    })
    page.on('pageerror', error => this.faults.add(error.message))
  }

  async settled(): Promise<string[]> {
    await Promise.all(this.#waiting)
    return [...this.faults]
  }
}

async function firstRows(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' })
  await page.waitForFunction(() => window.benchFirstRows !== undefined, undefined, { timeout: 120_000 })
  return await page.evaluate(() => window.benchFirstRows ?? Number.NaN)
}

/** Frames while the wheel turns, 240 notches at the pace of the frames. */
async function wheelFrames(page: Page): Promise<number[]> {
  await page.mouse.move(viewport.width / 2, viewport.height / 2)
  await page.evaluate(startFrames)
  for (let notch = 0; notch < 240; notch += 1) {
    await page.mouse.wheel(0, 120)
    await sleep(8)
  }
  return await page.evaluate(endFrames)
}

/** Jumps to places that were not shown before, spread by the golden section. */
async function jumps(page: Page, count: number, place: (at: number) => { down: number; across: number }): Promise<number[]> {
  const times: number[] = []
  for (let index = 1; index <= count; index += 1) {
    times.push((await page.evaluate(jump, place((index * 0.618033989) % 1))) ?? jumpTimeout)
    await sleep(100)
  }
  return times
}

async function heapMegabytes(page: Page, context: BrowserContext): Promise<number> {
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(metric => metric.name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1e6
}

async function gridFaults(page: Page, runs: number): Promise<string[]> {
  const grid = page.locator('[role="grid"]')
  const rows = Number(await grid.getAttribute('aria-rowcount'))
  const columns = Number(await grid.getAttribute('aria-colcount'))
  const drawn = await page.locator('[role="gridcell"]').count()
  const faults: string[] = []
  if (rows < runs * 0.98 || columns < sparseKeys)
    faults.push(`${rows} rows and ${columns} columns where ${runs} and ${sparseKeys} were written`)
  if (drawn > 4_000) faults.push(`${drawn} cells in the document`)
  return faults
}

async function measure(server: BenchServer, store: Store, context: BrowserContext, { share }: BenchRun): Promise<Line[]> {
  const [project] = await server.client.json<{ id: string }[]>('/api/projects')
  const address = `${server.url}/projects/${project?.id ?? ''}?columns=metrics.*`
  const traffic = new Traffic()
  const open = async () => {
    const page = await context.newPage()
    traffic.watch(page)
    await page.addInitScript(watchFirstRows)
    return { page, ms: await firstRows(page, address) }
  }
  const cold = await open()
  await cold.page.close()
  const warm: number[] = []
  for (let round = 0; round < (share < 1 ? 2 : 4); round += 1) {
    const { page, ms } = await open()
    warm.push(ms)
    await page.close()
  }
  const { page, ms } = await open()
  warm.push(ms)
  await sleep(1_000)
  const faults = await gridFaults(page, store.runs)
  const frames = await wheelFrames(page)
  const down = await jumps(page, 30, at => ({ down: at, across: 0 }))
  const heap = await heapMegabytes(page, context)
  const across = await jumps(page, 20, at => ({ down: at, across: 1 - at }))
  const heapAfter = await heapMegabytes(page, context)
  faults.push(...(await traffic.settled()))
  if (frames.length < 30) faults.push(`${frames.length} frames while the wheel turned`)
  const size = `${store.runs.toLocaleString('en')} runs × ${sparseKeys.toLocaleString('en')} columns in Chromium`
  const late = frames.filter(frame => frame > 20).length
  return [
    {
      what: `${size}: first rows`,
      unit: 's',
      budget: 1,
      measured: median(warm) / 1_000,
      note: `from the navigation, server warm, median of ${warm.length}; the very first one ${(cold.ms / 1_000).toFixed(2)} s`,
      faults,
    },
    {
      what: '— wheel scroll, frame p95',
      unit: 'ms',
      budget: 20,
      measured: percentile(frames, 0.95),
      note: `p50 ${median(frames).toFixed(1)} ms, ${late} of ${frames.length} over 20 ms, worst ${Math.max(...frames).toFixed(0)} ms`,
    },
    {
      what: '— jump to other rows, p95',
      unit: 'ms',
      budget: 60,
      measured: percentile(down, 0.95),
      note: `until all in sight stands there with data; p50 ${median(down).toFixed(0)} ms`,
    },
    {
      what: '— jump to other rows and columns, p95',
      unit: 'ms',
      budget: null,
      measured: percentile(across, 0.95),
      note: `columns that nobody asked for before; p50 ${median(across).toFixed(0)} ms`,
    },
    {
      what: '— JavaScript heap after wheel and jumps',
      unit: 'MB',
      budget: 150,
      measured: heap,
      note: `${heapAfter.toFixed(0)} MB after the jumps sideways; ${traffic.requests} requests for ${traffic.rows} rows in all`,
    },
  ]
}

/** The run table of many runs and columns in a real browser. */
export async function browserLines(run: BenchRun): Promise<Line[]> {
  const store = openStore('sparse', run.share)
  const executablePath = await run.tools.findChromium(path.resolve(import.meta.dirname, '../..'), run.say)
  const server = await startServer(store.home)
  const browser = await chromium.launch({ executablePath, args: run.tools.chromiumFlags })
  try {
    const context = await browser.newContext({ viewport })
    const lines = await measure(server, store, context, run)
    const peak = server.peakMegabytes()
    if (peak === null) return lines
    return [...lines, { what: '— peak RSS of the server meanwhile', unit: 'MB', budget: run.budget(1_000, 300), measured: peak }]
  } finally {
    await browser.close()
    await server.stop()
  }
}
