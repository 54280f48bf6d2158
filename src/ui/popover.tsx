import { openedBy } from './opened-by.tsx'

/** A panel beside its trigger, with anything in it, drawn only while it is open. Closes with Esc or a press outside and gives focus back. */
export const Popover = openedBy('dialog', async () => (await import('./popover-popup.tsx')).PopoverPopup)
