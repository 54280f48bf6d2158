import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from 'vitest'

import { lineLooks } from '#charts/prepare/color-rule.ts'
import { falling, lineOf, plain, resumedWindow, spanOf, windowOf } from '#charts/prepare/fixtures/lines.ts'
import type { ChartOptions, LineInput } from '#charts/prepare/line-input.ts'
import { prepareChart } from '#charts/prepare/prepare-chart.ts'

import { chartOption } from './chart-option.ts'
import { themeOf, type ChartTheme } from './chart-theme.ts'
import { drawSvg, exportSvg } from './export-chart.ts'

/*
 * Pictures of fixed models, compared byte by byte. After a change that is meant to change them, look at what
 * `RENEW_GOLDEN=1 npx vitest run src/charts/draw/golden.test.ts` wrote, and commit it with the change.
 */
const folder = path.join(import.meta.dirname, 'golden')
const renew = process.env['RENEW_GOLDEN'] === '1'

/** The light theme out of the one file that has colours. */
function lightTokens(): ChartTheme {
  const css = readFileSync(path.join(import.meta.dirname, '..', '..', 'ui', 'tokens.css'), 'utf8')
  const values = new Map<string, string>()
  for (const [, name = '', value = ''] of css.matchAll(/^ {2}(--[\w-]+): ([^;]+);/gm)) if (!values.has(name)) values.set(name, value)
  // One family that needs no quotes in the file.
  values.set('--font-ui', 'sans-serif')
  return themeOf(name => values.get(name) ?? '')
}

const theme = lightTokens()
const size = { width: plain.width, height: plain.height }

function manyLines(count: number, picked?: ReadonlySet<string>): LineInput[] {
  const runs = Array.from({ length: count }, (_, index) => ({ id: `run-${index}`, series: (index % 10) + 1 }))
  const looks = lineLooks(runs, picked ? { picked } : {})
  return runs.map(({ id }, index) => lineOf(id, windowOf(falling(40, 0.1 + index / 20, index)), looks.get(id)))
}

function withBand(values: number[]): LineInput {
  const x = Float64Array.from(values, (_, index) => index * 10)
  const low = Float64Array.from(values, value => value - 0.08)
  const high = Float64Array.from(values, value => value + 0.12)
  low.fill(Number.NaN, 20, 23)
  return lineOf('mean', windowOf(values.with(20, NaN).with(21, NaN).with(22, NaN)), { band: { x, low, high } })
}

const broken = falling(60).with(24, NaN).with(25, NaN).with(40, Infinity)

const cases: { name: string; lines: LineInput[]; options?: Partial<ChartOptions> }[] = [
  { name: 'plain', lines: [lineOf('a', windowOf(falling(60)))] },
  { name: 'log', lines: [lineOf('a', windowOf(falling(60, 0.001)))], options: { yLog: true } },
  {
    name: 'not-finite',
    lines: [
      lineOf('a', windowOf(broken, { nonFinite: [spanOf(240, 250, { nan: 2 }), spanOf(400, 400, { nan: 0, positiveInfinity: 1 })] })),
    ],
  },
  { name: 'band', lines: [withBand(falling(60)), lineOf('other', windowOf(falling(60, 0.3)), { color: 'var(--series-2)' })] },
  { name: 'smoothed', lines: [lineOf('a', windowOf(falling(60, 0.1, 1)), { behind: windowOf(falling(60, 0.1, 9)) })] },
  { name: 'resumed', lines: [lineOf('a', resumedWindow(falling(60), 300, falling(14, 0.25, 3)))] },
  { name: 'twelve-lines', lines: manyLines(12) },
  { name: 'thirty-lines', lines: manyLines(30, new Set(['run-3', 'run-13'])) },
  { name: 'one-point', lines: [lineOf('a', windowOf([0.5]))] },
  { name: 'clipped-relative', lines: [lineOf('a', windowOf(falling(60).with(30, 900)))], options: { clipOutliers: true, x: 'relative' } },
  { name: 'against-metric', lines: againstMetric(), options: { x: 'metric', xKey: 'lr' } },
  { name: 'against-metric-log', lines: againstMetric(), options: { x: 'metric', xKey: 'lr', xLog: true } },
]

/** Values at places that go forth and back, as a learning rate that is warmed up and falls again. */
function againstMetric(): LineInput[] {
  const places = Float64Array.from({ length: 60 }, (_, index) => 1e-3 * Math.sin((index / 59) * Math.PI * 0.97 + 0.05))
  const x = { x: places, join: 'exact' as const, unplaced: 2 }
  const nonFinite = [spanOf(240, 250, { nan: 2, fromX: places[25]!, toX: places[24]! })]
  const a = windowOf(falling(60).with(24, NaN).with(25, NaN), { ...x, nonFinite })
  return [lineOf('a', a), lineOf('b', windowOf(falling(60, 0.3, 3), x), { color: 'var(--series-2)' })]
}

function compare(name: string, svg: string): void {
  const file = path.join(folder, `${name}.svg`)
  if (renew) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, svg)
  }
  expect(svg).toBe(readFileSync(file, 'utf8'))
}

test.each(cases)('$name is drawn as it was, and twice alike', ({ name, lines, options }) => {
  const draw = (): string => drawSvg(chartOption(prepareChart(lines, { ...plain, ...options }), theme, size), size)
  const svg = draw()
  compare(name, svg)
  expect(draw()).toBe(svg)
})

test('an exported picture has title, meta and the names of its lines', () => {
  const svg = exportSvg(manyLines(3), { ...plain, yLog: true }, theme)
  compare('export', svg)
  for (const text of ['val/loss', 'log', 'run-0', 'run-2']) expect(svg).toContain(`>${text}</text>`)
})

/** Runs that logged one value each, in the colours that they have among themselves. */
function singles(values: readonly number[]): LineInput[] {
  const looks = lineLooks(values.map((_, index) => ({ id: `run-${index}`, series: (index % 10) + 1 })))
  return values.map((value, index) => lineOf(`run-${index}`, windowOf([value]), looks.get(`run-${index}`)))
}

test('an exported picture of values logged once has a row for each, as high as they need', () => {
  const svg = exportSvg(singles([0.91, 0.95, Number.NaN, 0.87]), plain, theme)
  compare('export-values', svg)
  for (const text of ['val/loss', 'run-0', 'run-3', '0.9500', 'NaN']) expect(svg).toContain(`>${text}</text>`)
  expect(exportSvg(singles(Array.from({ length: 250 }, (_, index) => index)), plain, theme)).toContain('>and 50 more</text>')
})

test('names are escaped', () => {
  const svg = exportSvg([lineOf('a', windowOf([1, 2]), { label: '<script>"&' })], { ...plain, title: '</text><script>' }, theme)
  expect(svg).not.toContain('<script')
  expect(svg).toContain('&lt;script&gt;')
})
