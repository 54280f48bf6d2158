import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { expect, test } from '@playwright/test'

import { operations, type Output } from '#contract/operations.ts'

import { root, serve, settled } from './serve.ts'

interface RunCounts {
  params: number
  tags: number
  points: Record<string, number>
}

/** An independent count of the same files. */
interface Counter {
  findMlruns: (folder: string) => string[]
  countMlruns: (mlruns: string) => { runs: number; points: number }
  countRuns: (mlruns: string) => Map<string, RunCounts>
  hashTree: (folder: string) => string
}

const fixtures = path.resolve(root, '..', 'shared', 'fixtures')
const present = existsSync(fixtures)

async function get<Name extends 'run' | 'sources' | 'projects'>(url: string, name: Name, query = ''): Promise<Output<Name>> {
  return (await (await fetch(`${url}${operations[name].path}${query}`)).json()) as Output<Name>
}

test('the API agrees with a count of the files, source by source and run by run, and leaves them as they were', async () => {
  test.skip(!present, 'the shared fixtures are not here')
  const counter = (await import(pathToFileURL(path.join(import.meta.dirname, 'counts', 'count-mlruns.mjs')).href)) as Counter
  const trees = counter.findMlruns(fixtures).map(tree => path.join(fixtures, tree))
  expect(trees.length).toBeGreaterThanOrEqual(16)
  const before = counter.hashTree(fixtures)
  const served = await serve(fixtures, { inPlace: true, wait: false })
  let code: number | null = null
  try {
    const health = await settled(served.url)
    const read = health.sources.filter(source => source.format === 'mlflow')
    expect(read.map(source => source.path).toSorted()).toEqual(trees.toSorted())
    for (const { path: tree, runs, points } of read)
      expect({ tree, runs, points }).toMatchObject({ tree, ...pick(counter.countMlruns(tree)) })

    for (const tree of trees) {
      for (const [place, { params, tags, points }] of counter.countRuns(tree)) {
        const detail = await get(served.url, 'run', `?run=${path.basename(place)}`)
        expect({
          place,
          params: detail.params.length,
          tags: detail.tags.length,
          points: Object.fromEntries(detail.metrics.map(metric => [metric.key, metric.count])),
        }).toEqual({ place, params, tags, points })
      }
    }
  } finally {
    // Also after a failed expectation: a server left behind would keep the fixtures and its home open.
    code = await served.stop()
  }
  expect(code).toBe(0)
  expect(counter.hashTree(fixtures)).toBe(before)
})

function pick({ runs, points }: { runs: number; points: number }) {
  return { runs, points }
}
