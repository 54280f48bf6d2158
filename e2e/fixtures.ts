import { expect, test as base, type Page } from '@playwright/test'

import type { Input, OperationName, Output } from '#contract/operations.ts'
import { operations } from '#contract/operations.ts'

import { demo, serve, type Served } from './serve.ts'

type Ask = <Name extends OperationName>(name: Name, input: Input<Name>) => Promise<Output<Name>>

/** Calls the API as the page does, so that a test can hold the screen against it. */
function askAt(url: string): Ask {
  return async (name, input) => {
    const { method, path } = operations[name]
    const target = new URL(path, url)
    if (method === 'GET')
      for (const [key, value] of Object.entries(input as Record<string, unknown>)) target.searchParams.set(key, String(value))
    const response = await fetch(
      target,
      method === 'GET' ? {} : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) },
    )
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`)
    return (await response.json()) as never
  }
}

/** Fails a test whose page broke the content policy, threw, or logged an error. */
function watch(page: Page, faults: string[]): void {
  page.on('pageerror', error => faults.push(`threw: ${error.message}`))
  page.on('console', message => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
}

/** `app` serves the demo project, one server a worker; `page` starts at its address. */
export const test = base.extend<{ ask: Ask; faults: string[] }, { app: Served }>({
  app: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures it needs from this pattern
    async ({}, use) => {
      const served = await serve(demo)
      await use(served)
      expect(await served.stop()).toBe(0)
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ app }, use) => await use(app.url),
  ask: async ({ app }, use) => await use(askAt(app.url)),
  faults: [
    async ({ page }, use) => {
      const faults: string[] = []
      watch(page, faults)
      await use(faults)
      expect(faults).toEqual([])
    },
    { auto: true },
  ],
})

export { expect } from '@playwright/test'
