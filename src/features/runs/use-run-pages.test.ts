import { expect, test } from 'vitest'

import type { RunsPage } from '#contract/runs-page.ts'

import { cellValue } from './run-rows.ts'
import { blockOf, nextShown, nothingShown, shownRow, wantedPages, type ShownRuns } from './use-run-pages.ts'

function page(names: string[], columns: string[], total = 250): RunsPage {
  return {
    total,
    all: 300,
    offset: 0,
    rows: names.map(name => ({ id: name, name, status: 'finished', deleted: false, conflict: false, missing: false })),
    columns: columns.map(operand => ({ operand, type: 'text', numeric: false, values: names.map(name => `${operand} of ${name}`) })),
  }
}

function names(shown: ShownRuns): (string | undefined)[] {
  return [0, 1].map(index => shownRow(shown, index)?.run.name)
}

test('a part in sight needs its windows, and the next one a little ahead', () => {
  const ahead = { rows: 30, columns: 6 }
  expect(blockOf({ firstRow: 0, lastRow: 40, firstColumn: 0, lastColumn: 9 }, ahead)).toEqual({
    firstWindow: 0,
    lastWindow: 0,
    firstChunk: 0,
    lastChunk: 0,
  })
  const view = { firstRow: 20_060, lastRow: 20_090, firstColumn: 90, lastColumn: 101 }
  expect(blockOf(view, ahead)).toEqual({ firstWindow: 200, lastWindow: 201, firstChunk: 2, lastChunk: 2 })
  expect(blockOf(view, { rows: 0, columns: 0 })).toEqual({ firstWindow: 200, lastWindow: 200, firstChunk: 2, lastChunk: 2 })
})

test('only the columns in sight are asked for, and rows come without any too', () => {
  const columns = Array.from({ length: 5_000 }, (_, index) => `metrics.m${index}`)
  const wanted = wantedPages(columns, { firstWindow: 3, lastWindow: 4, firstChunk: 124, lastChunk: 130 })
  expect(wanted.map(({ window, columns: chunk }) => [window, chunk[0], chunk.length])).toEqual([
    [3, 'metrics.m4960', 40],
    [4, 'metrics.m4960', 40],
  ])
  expect(wantedPages([], { firstWindow: 0, lastWindow: 0, firstChunk: 0, lastChunk: 0 })).toEqual([{ window: 0, columns: [] }])
})

test('what was shown stays until the next target answers', () => {
  const first = nextShown(nothingShown, 'a', [{ window: 0, page: page(['x', 'y'], ['params.lr']) }])
  expect(names(first)).toEqual(['x', 'y'])
  expect(first.total).toBe(250)
  const waiting = nextShown(first, 'b', [{ window: 0, page: undefined }])
  expect(waiting).toBe(first)
  const second = nextShown(waiting, 'b', [{ window: 0, page: page(['y', 'x'], ['params.lr'], 7) }])
  expect(names(second)).toEqual(['y', 'x'])
  expect([second.total, second.key]).toEqual([7, 'b'])
})

test('an unchanged answer is no change', () => {
  const answer = page(['x', 'y'], ['params.lr'])
  const first = nextShown(nothingShown, 'a', [{ window: 0, page: answer }])
  expect(nextShown(first, 'a', [{ window: 0, page: answer }])).toBe(first)
})

test('with a column added, the other cells stay while it is fetched', () => {
  const first = nextShown(nothingShown, 'a', [
    { window: 0, page: page(['x', 'y'], ['params.lr']) },
    { window: 1, page: page(['z'], ['params.lr']) },
  ])
  const half = nextShown(first, 'a', [
    { window: 0, page: page(['x', 'y'], ['params.lr', 'params.seed']) },
    { window: 1, page: undefined },
  ])
  const [before, after] = [shownRow(half, 100), shownRow(half, 0)]
  if (!before || !after) throw new Error('both windows are shown')
  expect(cellValue(before, 'params.lr')).toBe('params.lr of z')
  expect(cellValue(before, 'params.seed')).toBeUndefined()
  expect(cellValue(after, 'params.seed')).toBe('params.seed of x')
})
