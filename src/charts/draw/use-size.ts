import { useLayoutEffect, useState, type RefObject } from 'react'

import type { Size } from './chart-geometry.ts'

/** Size of an element in whole px, followed; null before it is drawn or while it has none. */
export function useSize(ref: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = (): void => {
      const width = Math.floor(element.clientWidth)
      const height = Math.floor(element.clientHeight)
      setSize(old => {
        if (width === 0 || height === 0) return null
        return old?.width === width && old.height === height ? old : { width, height }
      })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size
}
