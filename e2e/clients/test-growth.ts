import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

import { chromium } from '@playwright/test'

// oxlint-disable-next-line no-restricted-imports -- what all folders of e2e share lies above them, and e2e has no name of its own
import { chromiumFlags } from '../chromium-flags.ts'
// oxlint-disable-next-line no-restricted-imports -- as above
import { lateness } from '../lateness.ts'
// oxlint-disable-next-line no-restricted-imports -- as above
import { root, serve } from '../serve.ts'
import { apiAt } from './api.ts'
import type { Checks } from './checks.ts'

/** The longest that a value may take from the client's call into the open page, in ms. */
const limit = 2_000
const samples = 20
/** Points have values that nothing else on the page looks like, as side by side cells of 100 and 1 look like 1001. */
const firstPoint = 731_000

interface ChromiumFinder {
  findChromium: (root: string, say: (line: string) => void) => Promise<string>
}

/** The real client as a process that logs what it is told to; `log` resolves with the time at which it was told. */
function startWriter(python: string, kind: string, folder: string) {
  const child = spawn(python, [path.join(import.meta.dirname, 'grow_runs.py'), kind, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    log: async (run: string, metric: string, value: number, step: number) => {
      child.stdin.write(`${run} ${metric} ${value} ${step}\n`)
      const answer = await answers.next()
      if (answer.done) throw new Error(`The ${kind} client ended`)
      return Number(answer.value)
    },
    end: async () => {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}

/** Watches a folder into which the real client logs, in a real browser: each value is in the open page within 2 s. */
export async function testGrowth(checks: Checks, python: string, kind: 'mlflow' | 'tensorboardx'): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'readout-growth-'))
  const folder = path.join(scratch, kind === 'mlflow' ? 'mlruns' : 'runs')
  mkdirSync(folder)
  const writer = startWriter(python, kind, folder)
  const { findChromium } = (await import(pathToFileURL(path.join(root, 'e2e', 'chromium.mjs')).href)) as ChromiumFinder
  const browser = await chromium.launch({ executablePath: await findChromium(root, console.log), args: chromiumFlags })
  try {
    await writer.log('first', 'loss', 100, 0)
    const served = await serve(folder, { inPlace: true })
    try {
      const project = (await apiAt(served.url).ask('projects', {})).find(({ runs }) => runs > 0)
      const page = await browser.newPage()
      await checks.group('new runs come into the open table', async check => {
        await page.goto(`${served.url}/projects/${project?.id}`)
        await page.getByRole('grid').getByRole('link').first().waitFor()
        const late = await lateness(
          page,
          5,
          no => writer.log(`new-run-${no}`, 'loss', no, 0),
          no => `new-run-${no}`,
        )
        check(
          'time',
          late.flatMap(ms => (ms <= limit ? [] : [`${ms} ms`])),
        )
        console.log(`     a new run: ${Math.round(Math.max(...late))} ms at the most`)
      })
      await checks.group('new points come into the open page', async check => {
        await page.getByRole('grid').getByRole('link', { name: 'first', exact: true }).click()
        await page.getByRole('tab', { name: /^Metrics/ }).click()
        const late = await lateness(
          page,
          samples,
          no => writer.log('first', 'loss', firstPoint + no, no),
          no => String(firstPoint + no),
        )
        check(
          'time',
          late.flatMap(ms => (ms <= limit ? [] : [`${ms} ms`])),
        )
        console.log(`     a new point: ${Math.round(Math.max(...late))} ms at the most`)
      })
    } finally {
      await served.stop()
    }
  } finally {
    await writer.end()
    await browser.close()
    rmSync(scratch, { recursive: true, force: true })
  }
}
