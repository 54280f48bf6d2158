import { expect, test, vi } from 'vitest'

import { createChartSync, holdCursor, moveCursor, noteFull, releaseCursor, zoomTo } from './chart-sync.ts'

test('the cursor moves until it is held, and moves again after it is let go', () => {
  const sync = createChartSync()
  moveCursor(sync, 5)
  holdCursor(sync, 'a', 7)
  moveCursor(sync, 9)
  expect(sync.getState()).toEqual({ cursor: 7, step: null, held: 'a', hovered: null, zoom: null, full: null })
  releaseCursor(sync)
  expect(sync.getState().cursor).toBeNull()
})

test('a cursor that stays where it is tells nobody', () => {
  const sync = createChartSync([1, 2])
  moveCursor(sync, 5)
  const told = vi.fn<() => void>()
  sync.subscribe(told)
  moveCursor(sync, 5)
  expect(told).not.toHaveBeenCalled()
  zoomTo(sync, null)
  expect(told).toHaveBeenCalledOnce()
})

test('zooming out ends at what all charts show together', () => {
  const sync = createChartSync()
  noteFull(sync, [0, 100])
  noteFull(sync, [20, 300])
  noteFull(sync, [50, 60])
  expect(sync.getState().full).toEqual([0, 300])
})
