import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

import type { ChartModel } from '#charts/prepare/chart-model.ts'

import type { Size } from './chart-geometry.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { Drawing } from './engine.ts'
import type * as engineModule from './engine.ts'

type Engine = typeof engineModule

let engine: Engine | undefined
let coming: Promise<Engine> | undefined

/** Loads the drawing library, once for the page. */
async function loadEngine(): Promise<Engine> {
  coming ??= import('./engine.ts')
  try {
    engine = await coming
    return engine
  } catch (error) {
    // Asked for again by the next chart or the next try.
    coming = undefined
    throw error
  }
}

/** Charts this far outside of the window are drawn, in px; the others wait until they come near. */
const near = '300px'

/** True once an element came near the window. */
function useSeen(ref: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (seen || !element) return
    const observer = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && setSeen(true), { rootMargin: near })
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref, seen])
  return seen
}

/** Keeps a drawing of the model in `host`; drawn again when the model, its size or the theme is another. Gives the error where the library cannot be loaded. */
export function useDrawing(host: RefObject<HTMLElement | null>, model: ChartModel, theme: ChartTheme, size: Size | null): unknown {
  const drawing = useRef<Drawing>(undefined)
  const [loaded, setLoaded] = useState(engine !== undefined)
  const [error, setError] = useState<unknown>(null)
  const seen = useSeen(host)
  useEffect(() => {
    if (!seen || loaded) return
    let gone = false
    loadEngine().then(
      () => gone || setLoaded(true),
      (reason: unknown) => gone || setError(reason),
    )
    return () => {
      gone = true
    }
  }, [seen, loaded])

  useLayoutEffect(() => {
    if (!loaded || !seen || !engine || !host.current || !size) return
    drawing.current ??= engine.createDrawing(host.current)
    drawing.current.draw(model, theme, size)
  }, [host, loaded, seen, model, theme, size])
  useEffect(
    () => () => {
      drawing.current?.dispose()
      drawing.current = undefined
    },
    [],
  )
  return error
}
