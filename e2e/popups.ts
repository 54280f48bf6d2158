import type { Page } from '@playwright/test'

/** Opens what hangs at a button, and waits until it has faded in: axe measures contrast on what it sees. */
export async function openPopup(page: Page, button: string | RegExp, role: 'menu' | 'dialog'): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await still(page, role)
}

export async function still(page: Page, role: 'menu' | 'dialog'): Promise<void> {
  const popup = page.getByRole(role)
  await popup.waitFor()
  await popup.evaluate(async element => await Promise.all(element.getAnimations().map(animation => animation.finished)))
}
