import { openedBy } from './opened-by.tsx'

/**
 * A menu of acts or choices under a button. Its children are parts of `menu-popup.tsx`, in a component that is loaded with them, so that
 * no page waits for a menu nobody opened.
 */
export const Menu = openedBy('menu', async () => (await import('./menu-popup.tsx')).MenuPopup)
