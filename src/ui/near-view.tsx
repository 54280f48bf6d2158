import { useEffect, useRef, useState, type ReactNode } from 'react'

/** Distance from the edge of the view at which something is made, so that it stands there when it is scrolled to. */
const margin = '300px'

const told = new WeakMap<Element, (near: boolean) => void>()
let watching: IntersectionObserver | undefined

function watch(element: Element, tell: (near: boolean) => void): () => void {
  watching ??= new IntersectionObserver(
    entries => {
      for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting)
    },
    { rootMargin: margin, scrollMargin: margin },
  )
  const observer = watching
  told.set(element, tell)
  observer.observe(element)
  return () => observer.unobserve(element)
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
