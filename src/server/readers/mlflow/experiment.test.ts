import { expect, test } from 'vitest'

import { experimentMeta, oneRun, readTree, runA as a, runB as b, runMeta, writeTree } from './test-tree.ts'

test('a run whose meta.yaml cannot be read is named, the others stay', () => {
  const { runs, issues } = readTree(
    writeTree({
      '1/meta.yaml': experimentMeta('1'),
      [`1/${a}/meta.yaml`]: runMeta('1', a),
      [`1/${b}/meta.yaml`]: '',
      [`1/${'c'.repeat(32)}/meta.yaml`]: 'run_id: x\nstatus: !!python/object/apply:os.system ["x"]\n',
      [`1/${'d'.repeat(32)}/meta.yaml`]: '\0\u0001\u0002',
      [`1/${'e'.repeat(32)}/meta.yaml`]: 'hello: world\n',
      [`1/${'f'.repeat(32)}/metrics/m`]: '1 1 1\n',
    }),
  )
  expect(runs.map(run => run.foreignId)).toEqual([a])
  expect(issues.map(issue => [issue.path.slice(2, 3), issue.line, issue.reason])).toEqual([
    ['b', null, 'is empty'],
    ['c', 2, 'has the YAML tag tag:yaml.org,2002:python/object/apply:os.system, which is not read since it could name code'],
    ['d', null, 'is not a list of `key: value` lines'],
    ['e', null, 'has none of the keys of a run; the run is left out'],
    ['f', null, 'looks like a run but has no meta.yaml; not read'],
  ])
})

test.each([
  ['missing', null],
  ['garbage', '\u0001\u0002'],
  ['of Python', '!!python/object:x {}\n'],
])('runs of an experiment whose meta.yaml is %s are shown under its folder', (_, meta) => {
  const { projects, runs, issues } = readTree(
    writeTree({
      ...(meta === null ? {} : { '7/meta.yaml': meta }),
      [`7/${a}/meta.yaml`]: runMeta('7', a),
      '0/meta.yaml': experimentMeta('0'),
    }),
  )
  expect(projects.map(({ foreignId, name }) => [foreignId, name])).toEqual([
    ['0', 'exp-0'],
    ['7', '7'],
  ])
  expect(runs.map(run => run.projectForeignId)).toEqual(['7'])
  expect(issues).toHaveLength(1)
})

test('the folder decides where ids differ', () => {
  const { projects, runs, issues } = readTree(
    writeTree({
      '5/meta.yaml': experimentMeta('1'),
      [`5/${a}/meta.yaml`]: runMeta('1', a),
      [`5/${b}/meta.yaml`]: runMeta('9', 'c'.repeat(32)),
    }),
  )
  expect(projects.map(project => project.foreignId)).toEqual(['5'])
  expect(runs.map(run => [run.foreignId, run.projectForeignId])).toEqual([
    [a, '5'],
    [b, '5'],
  ])
  expect(issues.map(({ reason }) => reason)).toEqual([
    "names the experiment 1; the folder's name 5 is used",
    `names the run ${'c'.repeat(32)}; the folder's name ${b} is used`,
    "names the experiment 9; the folder's name 5 is used",
  ])
})

test('an experiment id beyond 2^53 keeps its digits', () => {
  const id = '999999999999999999'
  const { projects, issues } = readTree(writeTree({ [`${id}/meta.yaml`]: experimentMeta(id, { experiment_id: id }) }))
  expect(projects[0]?.foreignId).toBe(id)
  expect(issues).toEqual([])
})

test('deleted runs and experiments are there and marked', () => {
  const { projects, runs } = readTree(
    writeTree({
      '0/meta.yaml': experimentMeta('0'),
      [`0/${a}/meta.yaml`]: runMeta('0', a, { lifecycle_stage: 'deleted', deleted_time: '1700000099000' }),
      '.trash/8/meta.yaml': experimentMeta('8', { lifecycle_stage: 'deleted' }),
      [`.trash/8/${b}/meta.yaml`]: runMeta('8', b),
    }),
  )
  expect(projects.map(({ foreignId, path, deleted }) => [foreignId, path, deleted])).toEqual([
    ['0', '0', false],
    ['8', '.trash/8', true],
  ])
  expect(runs.map(run => [run.path, run.deletedAt])).toEqual([
    [`0/${a}`, 1_700_000_099_000],
    [`.trash/8/${b}`, 0],
  ])
})

test('facts of an experiment', () => {
  const { projects } = readTree(
    writeTree({
      '1/meta.yaml': experimentMeta('1', { name: "'net: #1'" }),
      '1/tags/mlflow.note.content': 'About',
      '1/tags/mlflow.experiment.primaryMetric.name': 'val/loss',
      '1/tags/mlflow.experiment.primaryMetric.greaterIsBetter': 'False',
      '1/tags/team/name': 'x',
    }),
  )
  const primaryMetric = { key: 'val/loss', greaterIsBetter: false }
  expect(projects[0]).toMatchObject({ name: 'net: #1', description: 'About', primaryMetric })
  expect(projects[0]?.tags).toContainEqual(['team/name', 'x'])
})

test('nothing below an artifacts folder is a run or an experiment', () => {
  const { runs, projects } = readTree(
    writeTree({
      ...oneRun({ 'artifacts/meta.yaml': runMeta('1', b), [`artifacts/${b}/meta.yaml`]: runMeta('1', b) }),
      'artifacts/meta.yaml': experimentMeta('artifacts'),
      [`artifacts/${b}/meta.yaml`]: runMeta('1', b),
      [`1/artifacts/meta.yaml`]: runMeta('1', b),
    }),
  )
  expect(runs.map(run => run.foreignId)).toEqual([a])
  expect(projects).toHaveLength(1)
})

test('folders that hold only artifacts are named once', () => {
  const { runs, issues } = readTree(
    writeTree({ ...oneRun({}), [`1/${b}/artifacts/x`]: '', [`1/${'c'.repeat(32)}/artifacts/x`]: '', '1/notes/x': '' }),
  )
  expect(runs).toHaveLength(1)
  const reason = 'holds only artifacts, as do 1 folders beside it: such runs are kept in a database (mlflow.db), not in this folder'
  expect(issues).toEqual([{ path: `1/${b}`, line: null, reason }])
})

test('a second folder with the same run id is a run of its own, unless the first could not be read', () => {
  const two = (first: string) => ({
    '1/meta.yaml': experimentMeta('1'),
    '2/meta.yaml': experimentMeta('2'),
    [`1/${a}/meta.yaml`]: first,
    [`2/${a}/meta.yaml`]: runMeta('2', a),
  })
  const both = readTree(writeTree(two(runMeta('1', a))))
  expect(both.runs.map(run => run.foreignId)).toEqual([a, `2/${a}`])
  expect(both.issues).toEqual([{ path: `2/${a}`, line: null, reason: `has the same run id as 1/${a}; both are shown` }])
  expect(readTree(writeTree(two(''))).runs.map(run => run.foreignId)).toEqual([a])
})
