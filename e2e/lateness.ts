import type { Page } from '@playwright/test'

const patience = 10_000

/** When the page first showed a text, in milliseconds since the epoch, as the page itself saw it. Digits may be grouped there. */
export async function showsAt(page: Page, text: string): Promise<number> {
  return await page.evaluate(
    ([wanted, limit]) =>
      new Promise<number>((resolve, reject) => {
        const isThere = () => document.body.textContent.replace(/(?<=\d)[,\u2009\u202F\u00A0](?=\d)/g, '').includes(wanted)
        const observer = new MutationObserver(() => end())
        const timer = setTimeout(() => reject(new Error(`The page did not show ${wanted} within ${limit} ms`)), limit)
        const end = () => {
          if (!isThere()) return
          observer.disconnect()
          clearTimeout(timer)
          resolve(Date.now())
        }
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
        end()
      }),
    [text, patience] as const,
  )
}

/**
 * Milliseconds from each of so many writings to the moment when the page shows what was written; one after the other. `write` gives the
 * time of the writing, in milliseconds since the epoch.
 */
export async function lateness(
  page: Page,
  samples: number,
  write: (sample: number) => number | Promise<number>,
  text: (sample: number) => string,
): Promise<number[]> {
  const late: number[] = []
  for (let sample = 1; sample <= samples; sample += 1) {
    const written = await write(sample)
    late.push((await showsAt(page, text(sample))) - written)
  }
  return late
}
