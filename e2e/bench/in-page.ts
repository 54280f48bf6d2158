/** What runs inside the page. Each function is sent there as its text, so it uses nothing from outside itself. */

declare global {
  interface Window {
    /** Milliseconds from the start of the navigation to the frame that shows the first row with its first metric. */
    benchFirstRows?: number
    benchFrames?: number[]
  }
}

/** Put into every page before its own scripts. */
export function watchFirstRows(): void {
  const look = () => {
    const row = document.querySelector('[role="grid"] [role="row"][aria-rowindex="2"]:not([aria-busy])')
    if (row?.querySelector('[aria-colindex="2"]')?.textContent && row.querySelector('[aria-colindex="3"]')?.textContent) {
      window.benchFirstRows = performance.now()
    } else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

export function startFrames(): void {
  const frames: number[] = []
  window.benchFrames = frames
  let before = performance.now()
  const step = (now: number) => {
    if (window.benchFrames !== frames) return
    frames.push(now - before)
    before = now
    requestAnimationFrame(step)
  }
  requestAnimationFrame(now => {
    before = now
    requestAnimationFrame(step)
  })
}

export function endFrames(): number[] {
  const frames = window.benchFrames ?? []
  delete window.benchFrames
  return frames
}

/** Scrolls the grid to a share of its height and width, and gives the milliseconds until every row in sight stands there with its data; null after 5 s. */
export function jump({ down, across }: { down: number; across: number }): Promise<number | null> {
  return new Promise(resolve => {
    const grid = document.querySelector<HTMLElement>('[role="grid"]')
    if (!grid) return resolve(null)
    const headHeight = document.querySelector('[role="columnheader"]')?.getBoundingClientRect().height ?? 44
    const started = performance.now()
    grid.scrollTop = Math.round(down * (grid.scrollHeight - grid.clientHeight))
    grid.scrollLeft = Math.round(across * (grid.scrollWidth - grid.clientWidth))
    const look = () => {
      const { top, bottom, right } = grid.getBoundingClientRect()
      const rows = [...grid.querySelectorAll('[role="row"][aria-rowindex]:not([aria-rowindex="1"])')].filter(row => {
        const box = row.getBoundingClientRect()
        return box.bottom > top + headHeight && box.top < bottom
      })
      const height = rows[0]?.getBoundingClientRect().height ?? 28
      const covered = rows.length >= Math.floor((bottom - top - headHeight) / height)
      const named = rows.every(row => !row.hasAttribute('aria-busy') && row.querySelector('[aria-colindex="2"]')?.textContent)
      // A value that is not here yet is drawn as an empty bar; one that the run does not have as a sign. Where cells stand is asked for
      // only when all rows are here: asking makes the browser lay out what it would not yet.
      const isFilled = () => {
        // Columns stand below each other: the first row tells which are in sight.
        const columns = new Set(
          [...(rows[0]?.querySelectorAll('[role="gridcell"]') ?? [])]
            .filter(cell => cell.getBoundingClientRect().left < right)
            .map(cell => cell.getAttribute('aria-colindex')),
        )
        columns.delete('1')
        const cells = rows
          .flatMap(row => [...row.querySelectorAll('[role="gridcell"]')])
          .filter(cell => columns.has(cell.getAttribute('aria-colindex')))
        return cells.length > rows.length && cells.every(cell => cell.textContent !== '')
      }
      if (covered && named && isFilled()) resolve(performance.now() - started)
      else if (performance.now() - started > 5_000) resolve(null)
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}
