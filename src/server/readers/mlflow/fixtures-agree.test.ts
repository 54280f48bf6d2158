import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { expect, test, vi } from 'vitest'

import { readTree } from './test-tree.ts'

vi.setConfig({ testTimeout: 60_000 })

interface Totals {
  runs: number
  params: number
  metrics: number
  points: number
  tags: number
}

/** An independent count of the same files, which the end-to-end tests use as well. */
interface Counter {
  findMlruns: (folder: string) => string[]
  countMlruns: (mlruns: string) => Totals
  countRuns: (mlruns: string) => Map<string, { params: number; tags: number; points: Record<string, number> }>
  hashTree: (folder: string) => string
}

const repository = path.resolve(import.meta.dirname, '../../../..')
const fixtures = path.join(repository, '../shared/fixtures')
const counter = (await import(pathToFileURL(path.join(repository, 'e2e/counts/count-mlruns.mjs')).href)) as Counter
const trees = existsSync(fixtures) ? counter.findMlruns(fixtures) : []

test.skipIf(trees.length === 0)('there are trees to compare', () => {
  expect(trees.length).toBeGreaterThanOrEqual(16)
})

test.each(trees)('reader and counter agree on %s', tree => {
  const root = path.join(fixtures, tree)
  const before = counter.hashTree(root)
  const { runs, issues } = readTree(root)
  expect(issues).toEqual([])
  const sum = (count: (run: (typeof runs)[number]) => number) => runs.reduce((total, run) => total + count(run), 0)
  expect({
    runs: runs.length,
    params: sum(run => run.params.length),
    metrics: sum(run => run.series.length),
    points: sum(run => run.series.reduce((total, series) => total + series.values.length, 0)),
    tags: sum(run => run.tags.length),
  }).toEqual(counter.countMlruns(root))
  for (const [place, counts] of counter.countRuns(root)) {
    const run = runs.find(found => found.path === place)
    expect(Object.fromEntries(run?.series.map(series => [series.key, series.values.length]) ?? [])).toEqual(counts.points)
    expect([run?.params.length, run?.tags.length]).toEqual([counts.params, counts.tags])
  }
  expect(counter.hashTree(root)).toBe(before)
})

test.skipIf(trees.length === 0)('the counter agrees with the table of sources', () => {
  const rows = [
    ...readFileSync(path.join(fixtures, 'SOURCES.md'), 'utf8').matchAll(
      /→ `(mlflow-filestore\/[^`]+)`.*?(\d+) runs, (\d+) metric series, (\d+) points/g,
    ),
  ]
  expect(rows.length).toBeGreaterThanOrEqual(12)
  for (const [, folder = '', ...numbers] of rows) {
    const totals = counter.findMlruns(path.join(fixtures, folder)).map(tree => counter.countMlruns(path.join(fixtures, folder, tree)))
    const sum = (key: keyof Totals) => totals.reduce((total, counts) => total + counts[key], 0)
    expect([folder, sum('runs'), sum('metrics'), sum('points')]).toEqual([folder, ...numbers.map(Number)])
  }
})
