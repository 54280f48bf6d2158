import { useEffect, useRef, useState, type ReactNode } from 'react'

/** Distance from the edge of the view at which something is made, so that it stands there when it is scrolled to. */
const margin = '300px'

const told = new WeakMap<Element, (near: boolean) => void>()
/** What has come near and is not made yet, in that order, with its distance from the top of the window then. */
const coming = new Map<Element, number>()
let watching: IntersectionObserver | undefined

/** Makes one row a frame: all at once would hold up the scrolling that brings them, and of a row, what is fetched comes in one answer. */
function makeNext(): void {
  const [first] = coming
  if (!first) return
  for (const [element, top] of coming) {
    if (top !== first[1]) continue
    coming.delete(element)
    told.get(element)?.(true)
  }
  if (coming.size > 0) requestAnimationFrame(makeNext)
}

function notice(entries: readonly IntersectionObserverEntry[]): void {
  const idle = coming.size === 0
  for (const { target, isIntersecting, boundingClientRect } of entries) {
    if (isIntersecting) coming.set(target, boundingClientRect.top)
    else if (!coming.delete(target)) told.get(target)?.(false)
  }
  if (idle && coming.size > 0) requestAnimationFrame(makeNext)
}

function watch(element: Element, tell: (near: boolean) => void): () => void {
  watching ??= new IntersectionObserver(notice, { rootMargin: margin, scrollMargin: margin })
  const observer = watching
  told.set(element, tell)
  observer.observe(element)
  return () => {
    observer.unobserve(element)
    coming.delete(element)
  }
}

interface NearViewProps {
  /** Height in px, whether the children are there or not. */
  height: number
  children: ReactNode
}

/** A box whose children exist only while it is in view or close to it: of a thousand charts, those that can be seen. */
export function NearView({ height, children }: NearViewProps) {
  const box = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(false)
  useEffect(() => (box.current ? watch(box.current, setNear) : undefined), [])
  return (
    <div ref={box} data-near-view style={{ height, minWidth: 0 }}>
      {near && children}
    </div>
  )
}
