import { expect, test } from 'vitest'

import { pointRows, countRows } from './chart-table.ts'
import { falling, lineOf, plain, resumedWindow, windowOf } from './fixtures/lines.ts'
import { prepareChart } from './prepare-chart.ts'
import { seamsAtCursor, seamsText, seamWords } from './seams.ts'

const values = falling(60)
const window = resumedWindow(values, 300, [5, 6, 7])

test.each([
  ['step', 300],
  ['time', 1_700_010_300],
  ['relative', 10_300],
] as const)('over %s the line is of the newest points, what was superseded lies behind it, and a mark stands at the seam', (x, place) => {
  const model = prepareChart([lineOf('a', window)], { ...plain, x })
  const [line] = model.lines
  expect(line?.points.length).toBe(2 * values.length)
  expect(line?.superseded.map(points => points.length)).toEqual([6])
  expect(line?.seams).toMatchObject([{ x: place, text: 'resumed at step 300' }])
  const at = 2 * line!.readings.x.indexOf(place)
  expect(line?.seams[0]?.at).toEqual([line?.points[at], line?.points[at + 1]])
  expect(model.yAxis.scale.max).toBeGreaterThanOrEqual(7)
  expect(model.meta).toEqual(['resumed at step 300'])
  expect(model.summary).toMatch(/greatest [\d.]+, resumed at step 300\./)
  expect(seamsAtCursor(model, place)).toEqual(['resumed at step 300'])
  expect(seamsAtCursor(model, model.xAxis.scale.min)).toEqual([])
})

test('behind a smoothed line lies what was logged before it was resumed', () => {
  const smoothed = { ...window, seams: window.seams?.map(seam => ({ ...seam, drawn: windowOf([]).drawn })) ?? [] }
  const [line] = prepareChart([lineOf('a', smoothed, { behind: window })], plain).lines
  expect([line?.superseded.length, line?.seams.length]).toEqual([1, 1])
})

test('a zoom past the seam has no mark, and the head still says that the run was resumed', () => {
  const model = prepareChart([lineOf('a', window)], { ...plain, xRange: [400, 500] })
  expect(model.lines[0]?.seams).toEqual([])
  expect(model.meta[0]).toBe('resumed at step 300')
})

test('restarts are counted a run, and told apart by the names of lines', () => {
  const [seam] = window.seams ?? []
  const often = (run: string, count: number) => ({
    ...window,
    run,
    seams: Array.from({ length: count }, (_, at) => ({ ...seam!, step: at })),
  })
  expect(seamsText([window, { ...window, key: 'other' }])).toBe('resumed at step 300')
  expect(seamsText([often('a', 2), often('b', 3), windowOf([1])])).toBe('resumed 5 times')
  expect([0, 1, 2, 4].map(count => seamWords(often('a', count)))).toEqual([
    '',
    'resumed at step 0',
    'resumed at steps 0, 1',
    'resumed 4 times',
  ])
  const model = prepareChart([lineOf('a', window), lineOf('b', windowOf([1, 2]))], plain)
  expect(seamsAtCursor(model, 300)).toEqual(['a resumed at step 300'])
})

test('the table has every point, those that were superseded before the newer ones of their step', () => {
  const lines = [lineOf('a', window), lineOf('b', windowOf([1]))]
  expect(countRows(lines)).toBe(64)
  const rows = pointRows(lines, 30, 4)
  expect(rows.map(({ step, value }) => [step, value])).toEqual([
    ['300', '5'],
    ['300', String(values[30])],
    ['310', '6'],
    ['310', String(values[31])],
  ])
})
