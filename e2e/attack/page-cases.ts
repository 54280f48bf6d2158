import { expect, type Page } from '@playwright/test'

import type { FileCase } from './file-cases.ts'
import type { AttackedServer } from './server.ts'

type PageCheck = (page: Page, server: AttackedServer, run: string, attack: FileCase) => Promise<void>

const isMarked = () => '__pwned' in window

/** Nothing of the file ran where it could reach us: neither in the app's page, nor in a frame of it that has our origin. */
async function expectUntouched(page: Page, address: string): Promise<void> {
  expect(await page.evaluate(isMarked)).toBe(false)
  expect(page.url()).toBe(address)
}

/** The file in a frame of our own page, without the sandbox attribute: its headers alone must hold it. */
const framed: PageCheck = async (page, server, run, { content }) => {
  page.on('dialog', dialog => {
    throw new Error(`A dialog opened: ${dialog.message()}`)
  })
  await page.goto(`${server.url}/sources`)
  const address = page.url()
  const source = `/api/artifact?run=${run}&path=${encodeURIComponent(content.path)}`
  await page.evaluate(async url => {
    const frame = document.createElement('iframe')
    frame.src = url
    const loaded = new Promise(resolve => frame.addEventListener('load', resolve))
    document.body.append(frame)
    await loaded
  }, source)
  await page.waitForTimeout(300)
  await expectUntouched(page, address)
  const frame = page.frames().find(one => one.url().includes('/api/artifact'))
  const reach = await frame?.evaluate(async () => {
    const tries = [() => fetch('/api/projects'), () => localStorage.length, () => document.cookie, () => window.parent.document.title]
    const results = tries.map(async attempt => {
      await attempt()
      return 'reached'
    })
    return {
      origin: self.origin,
      marked: '__pwned' in window,
      reached: (await Promise.allSettled(results)).filter(one => one.status === 'fulfilled').length,
    }
  })
  expect(reach).toEqual({ origin: 'null', marked: false, reached: 0 })
}

/** What the run page makes of an artifact: shown in a frame that has neither our origin nor a document of our making. */
const previewed: PageCheck = async (page, server, run, { content }) => {
  const address = `${server.url}/runs/${run}?tab=artifacts&path=${encodeURIComponent(content.path)}`
  await page.goto(address)
  const frame = page.locator('iframe')
  await expect(frame).toHaveCount(1)
  await expect(frame).toHaveAttribute('src', /^\/api\/artifact\?/)
  await expect(frame).toHaveAttribute('sandbox', /^(?!.*allow-same-origin)/)
  expect(await frame.getAttribute('srcdoc')).toBeNull()
  await page.waitForTimeout(300)
  expect(await page.evaluate(isMarked)).toBe(false)
}

/** A name of markup is text wherever it stands. */
const named: PageCheck = async (page, server, run, { content }) => {
  const folder = content.path.split('/')[0] ?? ''
  const dialogs: string[] = []
  page.on('dialog', dialog => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await page.goto(`${server.url}/runs/${run}?tab=artifacts&path=${encodeURIComponent(content.path)}`)
  await expect(page.getByText(folder).first()).toBeVisible()
  await expect(page.locator('img[src="x"]')).toHaveCount(0)
  expect(dialogs).toEqual([])
}

/** What cases do in a browser, beside what is seen of their answers. */
export const pageChecks: Record<string, PageCheck> = {
  'XSS-01': framed,
  'XSS-02': framed,
  'XSS-03': framed,
  'XSS-07': previewed,
  'XSS-09': named,
  'XSS-10': framed,
}
