/** Distance from the edge of the view at which something is made, in px, so that it stands there when it is scrolled to. */
export const nearMargin = 300

interface Waiting {
  /** Distance from the top of the window when it came near, in px. */
  top: number
  make: () => void
}

/** What has come near and is not made yet, in that order. */
const coming = new Map<object, Waiting>()

/** Makes one row a frame: all at once would hold up the scrolling that brings them, and of a row, what is fetched comes in one answer. */
function makeNext(): void {
  const [first] = coming.values()
  if (!first) return
  for (const [owner, { top, make }] of coming) {
    if (top !== first.top) continue
    coming.delete(owner)
    make()
  }
  if (coming.size > 0) requestAnimationFrame(makeNext)
}

/** Has `make` called in one of the next frames, together with what waits at the same height. */
export function makeSoon(owner: object, top: number, make: () => void): void {
  const idle = coming.size === 0
  coming.set(owner, { top, make })
  if (idle) requestAnimationFrame(makeNext)
}

/** False if it was not waiting: it is made, or was never near. */
export function cancelMaking(owner: object): boolean {
  return coming.delete(owner)
}
