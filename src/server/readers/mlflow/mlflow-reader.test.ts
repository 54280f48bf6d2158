import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, cpSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from 'vitest'

import { mlflowReader } from './mlflow-reader.ts'
import { experimentMeta, oneRun, readTree, runA, runB, runMeta, writeTree } from './test-tree.ts'

const a = runA
const b = runB

test('an experiment folder is a source of its own', () => {
  const root = path.join(writeTree({ ...oneRun({ 'artifacts/x': '' }), '2/meta.yaml': experimentMeta('2') }), '1')
  const { projects, runs } = readTree(root)
  expect(projects.map(project => [project.foreignId, project.path])).toEqual([['1', '']])
  expect(runs.map(run => [run.path, run.artifacts])).toEqual([[a, `${a}/artifacts`]])
  expect(mlflowReader.explain?.(root)).toContain('is a single MLflow experiment')
  expect(mlflowReader.explain?.(path.join(root, a))).toContain('is a single MLflow run')
  expect(mlflowReader.explain?.(path.dirname(root))).toBeNull()
})

test('links lead nowhere outside, and loops end', () => {
  const outside = writeTree({ secret: 'canary', ...oneRun({ 'params/secret': 'canary' }) })
  const root = writeTree(oneRun({ 'params/own': '1', 'metrics/m': '1 1 1\n', 'artifacts/x': '' }))
  const run = path.join(root, '1', a)
  symlinkSync(path.join(outside, '1', a), path.join(root, '1', b))
  symlinkSync(path.join(outside, 'secret'), path.join(run, 'params/leak'))
  symlinkSync(path.join(run, 'params/own'), path.join(run, 'params/copy'))
  symlinkSync(path.join(run, 'params'), path.join(run, 'params/loop'))
  symlinkSync('..', path.join(run, 'metrics/up'))
  symlinkSync('nowhere', path.join(run, 'params/broken'))
  symlinkSync(path.join(outside, '1'), path.join(root, '2'))
  const { runs, projects, issues, records } = readTree(root)
  expect(runs.map(found => found.foreignId)).toEqual([a])
  expect(projects).toHaveLength(1)
  expect(runs[0]?.params).toContainEqual(['copy', '1'])
  const text = JSON.stringify(records, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  expect(text).not.toContain('canary')
  const outsideLinks = issues.filter(({ reason }) => reason.includes('outside the folder')).map(issue => issue.path)
  expect(outsideLinks.sort()).toEqual([`1/${a}/params/leak`, `1/${b}`, '2'])
  expect(issues.some(({ reason }) => reason === 'is a link that leads nowhere')).toBe(true)
})

test('pipes and folders in place of files do not stop the reading', () => {
  const root = writeTree(oneRun({ 'params/ok': '1', [`metrics/m`]: '1 1 1\n' }))
  execFileSync('mkfifo', [path.join(root, '1', a, 'params/pipe')])
  mkdirSync(path.join(root, '1', b, 'meta.yaml'), { recursive: true })
  const { runs, issues } = readTree(root)
  expect(runs[0]?.params).toEqual([['ok', '1']])
  expect(issues).toEqual([{ path: `1/${a}/params/pipe`, line: null, reason: 'is neither a file nor a folder' }])
})

test.skipIf(process.getuid?.() === 0)('what may not be read is named', () => {
  const root = writeTree(oneRun({ 'params/ok': '1', 'params/shut': '2', 'metrics/m': '1 1 1\n' }))
  chmodSync(path.join(root, '1', a, 'params/shut'), 0)
  chmodSync(path.join(root, '1', a, 'metrics'), 0)
  const { runs, issues } = readTree(root)
  chmodSync(path.join(root, '1', a, 'metrics'), 0o755)
  expect(runs[0]).toMatchObject({ params: [['ok', '1']], series: [], fingerprint: '' })
  expect(issues.map(({ reason }) => reason)).toEqual(['no permission to read it', 'no permission to read it'])
})

test('an unchanged run is known by its files alone, any change makes it be read', () => {
  const root = writeTree(oneRun({ 'params/lr': '1', 'metrics/val/m': '1 1 1\n', 'tags/t': 'x' }))
  const first = readTree(root).runs[0]
  const known = new Map([[a, first?.fingerprint ?? '']])
  expect(first?.fingerprint).toMatch(/^[0-9a-f]{40}$/)
  expect(readTree(root, known).unchanged).toEqual([{ type: 'unchanged', foreignId: a }])
  const moved = writeTree({})
  renameSync(root, path.join(moved, 'mlruns'))
  const here = path.join(moved, 'mlruns')
  expect(readTree(here, known).unchanged).toHaveLength(1)
  const copy = path.join(moved, 'copy')
  cpSync(here, copy, { recursive: true })
  expect(readTree(copy).runs[0]?.digest).toBe(first?.digest)
  const metric = path.join(here, '1', a, 'metrics/val/m')
  for (const change of [
    () => appendFileSync(metric, '2 2 2\n'),
    () => utimesSync(path.join(here, '1', a, 'params/lr'), 1, 1),
    () => writeFileSync(path.join(here, '1', a, 'tags/new'), 'y'),
    () => rmSync(path.join(here, '1', a, 'tags/new')),
    () => writeFileSync(path.join(here, '1/meta.yaml'), experimentMeta('1', { lifecycle_stage: 'deleted' })),
  ]) {
    const before = readTree(here).runs[0]?.fingerprint ?? ''
    change()
    const after = readTree(here, new Map([[a, before]]))
    expect(after.unchanged).toEqual([])
    expect(after.runs).toHaveLength(1)
  }
})

test('names a source by the nearest folder that says something, and knows it again', () => {
  const root = writeTree({})
  const make = (place: string, id: string) =>
    writeTree({ [`${id}/meta.yaml`]: experimentMeta(id), [`${id}/${a}/meta.yaml`]: runMeta(id, a) }, path.join(root, place))
  expect(mlflowReader.describe(make('proj/mlruns', '123456789012345678'))).toMatchObject({ name: 'proj', marks: ['123456789012345678'] })
  expect(mlflowReader.describe(make('proj/src/mlruns', '1'))).toMatchObject({ name: 'proj/src', marks: [`1/${a}`] })
  expect(mlflowReader.describe(path.join(root, 'proj/src/mlruns/1')).name).toBe('proj/src/1')
})

test('counts the runs of a tree', () => {
  const root = writeTree({
    ...oneRun({}),
    [`1/${b}/meta.yaml`]: runMeta('1', b),
    '1/datasets/x/meta.yaml': 'name: x\n',
    [`.trash/2/${b}/meta.yaml`]: runMeta('2', b),
    '.trash/2/meta.yaml': experimentMeta('2'),
  })
  expect(mlflowReader.count(mlflowReader.describe(root))).toBe(3)
})

test('a run that vanishes while its tree is read is passed over', () => {
  const root = writeTree({ ...oneRun({ 'params/x': '1' }), [`1/${b}/meta.yaml`]: runMeta('1', b), [`1/${b}/metrics/m`]: '1 1 1\n' })
  const seen: string[] = []
  for (const record of mlflowReader.read(mlflowReader.describe(root), { known: () => undefined, copies: '' })) {
    seen.push(record.type)
    if (record.type === 'run') rmSync(path.join(root, '1', b), { recursive: true })
  }
  expect(seen).toEqual(['project', 'run'])
  rmSync(root, { recursive: true })
  expect([...mlflowReader.read(mlflowReader.describe(root), { known: () => undefined, copies: '' })].map(record => record.type)).toEqual([
    'issue',
  ])
})
