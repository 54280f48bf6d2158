import { execFileSync } from 'node:child_process'
import path from 'node:path'

import { expect, test, vi } from 'vitest'

import { oneRun, readTree, runA, runB, type TreeFiles, writeTree } from './test-tree.ts'

// Files of megabytes are written and read.
vi.setConfig({ testTimeout: 60_000 })

const a = runA
const b = runB

test('the facts of a run come from its file and from the tags that MLflow sets', () => {
  const root = writeTree(
    oneRun({
      'tags/mlflow.runName': 'from tag',
      'tags/mlflow.note.content': '# Why\nso',
      'tags/mlflow.parentRunId': b,
      'tags/mlflow.user': 'ben',
      'tags/mlflow.source.name': 'train.py',
      'tags/mlflow.source.type': 'NOTEBOOK',
      'tags/mlflow.source.git.commit': 'c0ffee',
      'tags/mlflow.source.git.branch': 'main',
      'tags/mlflow.source.git.repoURL': 'https://example.org/r.git',
      'tags/mlflow.source.git.dirty': 'True',
      'tags/mlflow.autologging': 'sklearn',
      'tags/mlflow.project.entryPoint': 'main',
      'params/lr': '0.1',
      'artifacts/model.pkl': 'x',
    }),
  )
  const { runs, issues } = readTree(root)
  expect(issues).toEqual([])
  expect(runs).toHaveLength(1)
  expect(runs[0]).toMatchObject({
    foreignId: a,
    projectForeignId: '1',
    path: `1/${a}`,
    name: 'able-ant-1',
    status: 'finished',
    kind: 'notebook',
    user: 'ana',
    start: 1_700_000_000_000,
    end: 1_700_000_050_000,
    host: '',
    gitCommit: 'c0ffee',
    gitBranch: 'main',
    gitRepository: 'https://example.org/r.git',
    gitDirty: true,
    command: 'train.py main',
    framework: 'sklearn',
    note: '# Why\nso',
    parent: b,
    deletedAt: null,
    params: [['lr', '0.1']],
    artifacts: `1/${a}/artifacts`,
  })
  expect(runs[0]?.tags).toHaveLength(12)
})

test('a run without a name is called by its id, an unset end means that it runs', () => {
  const { runs } = readTree(writeTree(oneRun({}, { run_name: 'null', status: 'null', end_time: 'null', source_type: '5', user_id: "''" })))
  expect(runs[0]).toMatchObject({ name: a, status: 'running', end: null, kind: '', user: '', artifacts: null, series: [], params: [] })
})

test.each([
  ['1', 'running'],
  ['2', 'scheduled'],
  ['3', 'finished'],
  ['4', 'failed'],
  ['5', 'killed'],
  ['FAILED', 'failed'],
  ['77', 'finished'],
])('status %s is %s', (written, status) => {
  expect(readTree(writeTree(oneRun({}, { status: written }))).runs[0]?.status).toBe(status)
})

test('keys with slashes are nested folders; names are kept as they are', () => {
  const keys = ['val/top 1/acc', 'a.b-c:d', '.hidden', 'Loss', 'loss', 'مقياس', '💩 run', "it's", 'caf\u00E9', 'cafe\u0301']
  const files = Object.fromEntries(keys.map((key, index) => [`metrics/${key}`, `1000 ${index} 0\n`]))
  const { runs, issues } = readTree(
    writeTree(oneRun({ ...files, 'metrics/.DS_Store': '\0\0', 'params/deep/er/lr': '1', 'tags/.gitkeep': '' })),
  )
  expect(issues).toEqual([])
  expect(new Map(runs[0]?.series.map(series => [series.key, series.values]))).toEqual(new Map(keys.map((key, index) => [key, [index]])))
  expect(runs[0]?.params).toEqual([['deep/er/lr', '1']])
  expect(runs[0]?.tags).toEqual([])
})

test('points stay in the order of the file, duplicates too, and a bad line costs only itself', () => {
  const { runs, issues } = readTree(
    writeTree(oneRun({ 'metrics/m': '3000 1 2\n1000 x 0\n1000 nan 0\n1000 nan 0\n2000 -inf 9007199254740993\n' })),
  )
  expect(runs[0]?.series).toEqual([
    { key: 'm', steps: [2, 0, 0, 9_007_199_254_740_993n], times: [3, 1, 1, 2], values: [1, Number.NaN, Number.NaN, -Infinity] },
  ])
  expect(issues).toEqual([{ path: `1/${a}/metrics/m`, line: 2, reason: 'the value is not a number: "1000 x 0"' }])
  expect(runs[0]?.fingerprint).toBe('')
})

test('a line that is cut off is an issue only once the run has ended', () => {
  const metric = { 'metrics/m': '1000 1 0\n1000 2' }
  expect(readTree(writeTree(oneRun(metric))).issues).toHaveLength(1)
  expect(readTree(writeTree(oneRun(metric, { status: '1', end_time: 'null' }))).issues).toEqual([])
  expect(readTree(writeTree(oneRun({ 'metrics/m': '' }))).issues).toEqual([
    { path: `1/${a}/metrics/m`, line: null, reason: 'holds no point' },
  ])
})

test('values of params and tags are whole, of any length', () => {
  const long = `${'x'.repeat(10_000)}\n\n"; é 💩 \uFFFD`
  const { runs, issues } = readTree(writeTree(oneRun({ 'params/long': long, 'params/empty': '', 'tags/t': ` ${long}` })))
  expect(runs[0]?.params).toEqual([
    ['empty', ''],
    ['long', long],
  ])
  expect(runs[0]?.tags).toEqual([['t', ` ${long}`]])
  expect(issues).toEqual([])
})

test('text that is not UTF-8 is shown with an issue, a file beyond all limits is not read', () => {
  const root = writeTree(oneRun({ 'params/latin': Buffer.from('caf\xE9', 'latin1'), 'params/huge': Buffer.alloc(5 * 1024 * 1024, 'x') }))
  const { runs, issues } = readTree(root)
  expect(runs[0]?.params).toEqual([['latin', 'café']])
  expect(issues.map(({ reason }) => reason)).toEqual(['is larger than 4 MiB (5242880 bytes); not read', 'is not UTF-8; read as Latin-1'])
})

test('the digest changes with any content and with nothing else', () => {
  const digest = (files: TreeFiles) => readTree(writeTree(oneRun(files))).runs[0]?.digest
  const base = { 'params/a': 'xy', 'params/b': 'z', 'metrics/m': '1 1 1\n' }
  expect(digest(base)).toBe(digest({ ...base, 'artifacts/a': 'any' }))
  for (const other of [
    { ...base, 'params/a': 'x', 'params/b': 'yz' },
    { ...base, 'metrics/m': '1 1 2\n' },
    { ...base, 'tags/t': '' },
  ]) {
    expect(digest(other)).not.toBe(digest(base))
  }
})

test('points of long metrics follow the run in parts of at most 65,536', () => {
  const lines = 400_000
  const long = Array.from({ length: lines }, (_, step) => `1700000000000 ${step / 7} ${step}\n`).join('')
  const dense = '0 0\n'.repeat(2_200_000)
  const { runs, points, issues, records } = readTree(
    writeTree(oneRun({ 'metrics/dense': dense, 'metrics/long': `${long}oops\n`, 'metrics/m': '1 1 1\n' })),
  )
  expect(runs[0]?.series.map(series => series.key)).toEqual(['m'])
  expect(records.map(record => record.type).filter(type => type !== 'points')).toEqual(['project', 'run', 'issue'])
  expect(Math.max(...points.map(({ series }) => series.values.length))).toBeLessThanOrEqual(65_536)
  const of = (key: string) => points.filter(({ series }) => series.key === key).map(({ series }) => series)
  expect(of('dense').reduce((sum, series) => sum + series.values.length, 0)).toBe(2_200_000)
  const steps = of('long').flatMap(series => [...series.steps])
  expect(steps).toHaveLength(lines)
  expect(steps.every((step, index) => step === index)).toBe(true)
  expect(of('long').at(-1)?.values.at(-1)).toBe((lines - 1) / 7)
  expect(issues).toEqual([{ path: `1/${a}/metrics/long`, line: lines + 1, reason: expect.stringContaining('oops') as string }])
})

test('a line of megabytes is passed over, one without an end ends the reading of its file', () => {
  const root = writeTree(oneRun({ 'metrics/m': '1 1 1\n', 'metrics/long': `${'x'.repeat(9 * 1024 * 1024)}\n1 2 3\n` }))
  execFileSync('truncate', ['-s', '1G', path.join(root, '1', a, 'metrics/zeros')])
  const start = performance.now()
  const memory = process.memoryUsage().rss
  const { runs, points, issues } = readTree(root)
  expect(runs[0]?.series.map(series => series.key)).toEqual(['m'])
  expect(points.map(({ series }) => [series.key, series.values])).toEqual([['long', [2]]])
  expect(issues).toEqual([
    { path: `1/${a}/metrics/long`, line: 1, reason: 'the line is longer than 64 KiB' },
    { path: `1/${a}/metrics/zeros`, line: 1, reason: 'the line is longer than 16 MiB; the rest of the file is not read' },
  ])
  expect(performance.now() - start).toBeLessThan(5_000)
  expect(process.memoryUsage().rss - memory).toBeLessThan(200 * 1024 * 1024)
})
