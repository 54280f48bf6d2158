import { useEffect, useRef, useState, type ReactNode } from 'react'

import { cancelMaking, makeSoon, nearMargin } from './near-queue.ts'

const margin = `${nearMargin}px`
const told = new WeakMap<Element, (near: boolean) => void>()
let watching: IntersectionObserver | undefined

function notice(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting, boundingClientRect } of entries) {
    const tell = told.get(target)
    if (isIntersecting) makeSoon(target, boundingClientRect.top, () => tell?.(true))
    else if (!cancelMaking(target)) tell?.(false)
  }
}

function watch(element: Element, tell: (near: boolean) => void): () => void {
  watching ??= new IntersectionObserver(notice, { rootMargin: margin, scrollMargin: margin })
  const observer = watching
  told.set(element, tell)
  observer.observe(element)
  return () => {
    observer.unobserve(element)
    cancelMaking(element)
  }
}

interface NearViewProps {
  /** Height in px, whether the children are there or not. */
  height: number
  children: ReactNode
}

/** A box whose children exist only while it is in view or close to it. Many of one size belong in a `NearGrid`. */
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
