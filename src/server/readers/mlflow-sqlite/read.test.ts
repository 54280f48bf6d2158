import path from 'node:path'

import { expect, test } from 'vitest'

import { newFolder, oneRun, readTree, runA, runB, writeTree } from '#server/readers/mlflow/test-tree.ts'

import { addPoints, addRun, makeDatabase, readDatabase } from './test-database.ts'

const models = `
  insert into datasets values ('d1', 1, 'iris', 'abc', 'local', '{"uri": "x"}');
  insert into inputs values ('i1', 'DATASET', 'd1', 'RUN', '${runA}', 0), ('i2', 'DATASET', 'lost', 'RUN', '${runA}', 0),
    ('i3', 'RUN_INPUT', '${runA}', 'MODEL_INPUT', 'm-1', 0), ('i4', 'RUN_OUTPUT', '${runA}', 'MODEL_OUTPUT', 'm-2', 9007199254740993);
  insert into input_tags values ('i1', 'mlflow.data.context', 'train'), ('i1', 'other', 'x');
  insert into logged_models values ('m-2', 1, 'net', '/elsewhere/mlruns/1/models/m-2/artifacts', 5, 6, 2, 'active', null, '${runA}', null);
  insert into logged_model_metrics values ('m-2', 'acc', 1000, 3, 0.5, 1, '${runA}', 'd1', 'iris', 'abc');
  insert into logged_model_params values ('m-2', 1, 'depth', '3');
  insert into logged_model_tags values ('m-2', 1, 'kind', 'tree');
  insert into registered_models values ('net', 7, 8, 'the net', 'default'), ('net', 7, 8, null, 'team');
  insert into registered_model_tags values ('k', 'v', 'net', 'default');
  insert into registered_model_aliases values ('champion', 2, 'net', 'default'), ('champion', 1, 'net', 'team');
  insert into model_versions values ('net', 2, 9, 9, 'better', null, 'Production', 'models:/m-2', '${runA}', 'READY', null, null, null, 'default'),
    ('net', 1, 8, 8, null, null, 'None', '/elsewhere/x', null, 'READY', null, null, null, 'default');
  insert into model_version_tags values ('a', '1', 'net', 2, 'default'), ('b', '2', 'net', 2, 'default');
`

test('numbers come as they were logged', () => {
  const file = path.join(newFolder(), 'mlflow.db')
  const database = makeDatabase(file)
  addRun(database, runA)
  addPoints(database, runA, 'loss', [
    [0, 0.1],
    [1, Number.NaN],
    [2, Infinity],
    [3, -Infinity],
    [-5, 1e-320],
    [2n ** 63n - 1n, 1e300],
    [2, 7],
  ])
  database.exec(
    `insert into metrics values ('bad', 'oh', 1, '${runA}', 1, 0), ('bad', 1, 1, '${runA}', 1.5, 0), ('bad', '3', 1, '${runA}', 2, 0)`,
  )
  database.close()
  const { runs, issues } = readDatabase(file)
  expect(runs[0]?.series).toEqual([
    { key: 'bad', steps: [2], times: [0.001], values: [3] },
    {
      key: 'loss',
      steps: [0, 1, 2, 3, -5, 2n ** 63n - 1n, 2],
      times: [1, 1.001, 1.002, 1.003, 1.004, 1.005, 1.006],
      values: [0.1, Number.NaN, Infinity, -Infinity, 1e-320, 1e300, 7],
    },
  ])
  expect(runs[0]?.fingerprint).toBe('')
  expect(issues).toEqual([
    `the metric "bad" of the run ${runA} has the value "oh" where a number was expected`,
    `the metric "bad" of the run ${runA} has the step "1.5" where a number was expected`,
  ])
})

test('a run looks the same in a file store and in a database', () => {
  const facts = { 'params/lr': '0.1', 'params/opt': 'adam', 'tags/mlflow.note.content': '# note', 'tags/mlflow.source.git.commit': 'abc' }
  const tree = writeTree(oneRun({ ...facts, 'metrics/loss': '1000 0.5 0\n1001 nan 1\n', 'metrics/val/acc': '1000 inf 0\n' }))
  const file = path.join(newFolder(), 'mlflow.db')
  const database = makeDatabase(file)
  addRun(database, runA)
  for (const [key, value] of Object.entries(facts)) {
    const [table = '', ...name] = key.split('/')
    database.prepare(`insert into ${table} ("key", value, run_uuid) values (?, ?, ?)`).run(name.join('/'), value, runA)
  }
  addPoints(database, runA, 'loss', [
    [0, 0.5],
    [1, Number.NaN],
  ])
  addPoints(database, runA, 'val/acc', [[0, Infinity]])
  database.close()
  const same = ({ digest: _digest, fingerprint: _fingerprint, ...run }: ReturnType<typeof readTree>['runs'][number]) => run
  expect(readDatabase(file).runs.map(same)).toEqual(readTree(tree).runs.map(same))
  expect(readDatabase(file).projects).toEqual(readTree(tree).projects)
})

test('a file of the oldest revision is read like one of the newest', () => {
  const read = (['newest', 'oldest'] as const).map(revision => {
    const file = path.join(newFolder(), 'mlflow.db')
    const database = makeDatabase(file, revision)
    for (const run of [runB, runA]) {
      addRun(database, run, { status: 'FAILED', name: '' })
      database.exec(`insert into params values ('lr', '1', '${run}'); insert into tags values ('mlflow.runName', 'bee', '${run}')`)
      const insert = database.prepare('insert into metrics ("key", value, timestamp, run_uuid) values (?, ?, ?, ?)')
      for (const [at, key] of ['a', 'b', 'a'].entries()) insert.run(key, at / 3, 1_000 + at, run)
    }
    database.close()
    return readDatabase(file)
  })
  const [newest, oldest] = read.map(({ runs, projects, issues }) => ({
    runs: runs.map(({ digest: _digest, fingerprint: _fingerprint, ...run }) => run),
    projects,
    issues,
  }))
  expect(newest?.runs.map(run => [run.name, run.status, run.series.length])).toEqual([
    ['bee', 'failed', 2],
    ['bee', 'failed', 2],
  ])
  expect(oldest).toEqual(newest)
})

test('deleted runs and experiments, ids beyond 2^53, and runs whose experiment is gone', () => {
  const file = path.join(newFolder(), 'mlflow.db')
  const database = makeDatabase(file)
  database.exec(`insert into experiments (experiment_id, name, lifecycle_stage) values (863542618375692093, 'gone', 'deleted')`)
  database.exec(
    `insert into experiment_tags values ('mlflow.note.content', 'about', 1), ('mlflow.experiment.primaryMetric.name', 'acc', 1)`,
  )
  addRun(database, runA, { lifecycle_stage: 'deleted', deleted_time: 1_700_000_060_000, source_type: 'UNKNOWN' })
  addRun(database, runB, { experiment_id: 7, status: 'RUNNING', end_time: null })
  database.exec(`insert into runs (run_uuid, experiment_id) values ('${'c'.repeat(32)}', 863542618375692093)`)
  database.close()
  const { projects, runs, issues } = readDatabase(file)
  expect(projects.map(({ foreignId, deleted, description, primaryMetric }) => [foreignId, deleted, description, primaryMetric])).toEqual([
    ['1', false, 'about', { key: 'acc', greaterIsBetter: true }],
    ['863542618375692093', true, '', null],
  ])
  expect(runs.map(({ projectForeignId, status, deletedAt, kind }) => [projectForeignId, status, deletedAt, kind])).toEqual([
    ['1', 'finished', 1_700_000_060_000, ''],
    ['7', 'running', null, 'local'],
    ['863542618375692093', 'running', 0, ''],
  ])
  expect(issues).toEqual([])
})

test('datasets, models and the registry', () => {
  const folder = writeTree({ 'mlruns/1/models/m-2/artifacts/MLmodel': '' })
  const file = path.join(folder, 'mlflow.db')
  const database = makeDatabase(file)
  addRun(database, runA)
  database.exec(models)
  database.close()
  const { runs, models: logged, registered } = readDatabase(file)
  expect(runs[0]?.datasets).toEqual([
    { name: 'iris', digest: 'abc', sourceType: 'local', source: '{"uri": "x"}', context: 'train' },
    { name: 'lost', digest: '', sourceType: '', source: '', context: '' },
  ])
  expect(runs[0]?.models).toEqual([
    { model: 'm-1', direction: 'input', step: 0 },
    { model: 'm-2', direction: 'output', step: 9007199254740993n },
  ])
  expect(logged).toEqual([
    {
      type: 'model',
      foreignId: 'm-2',
      projectForeignId: '1',
      name: 'net',
      path: '1/models/m-2',
      artifacts: '../mlruns/1/models/m-2/artifacts',
      status: 'READY',
      modelType: '',
      runForeignId: runA,
      created: 5,
      deleted: false,
      params: [['depth', '3']],
      tags: [['kind', 'tree']],
      metrics: [{ key: 'acc', value: 0.5, step: 3, time: 1, runForeignId: runA, dataset: 'iris', datasetDigest: 'abc' }],
    },
  ])
  expect(registered.map(({ name, description, tags, aliases }) => [name, description, tags, aliases])).toEqual([
    ['net', 'the net', [['k', 'v']], [['champion', 2]]],
    ['team/net', '', [], [['champion', 1]]],
  ])
  expect(registered[0]?.versions).toEqual([
    {
      version: 1,
      stage: 'None',
      status: 'READY',
      description: '',
      created: 8,
      runForeignId: '',
      model: '',
      source: '/elsewhere/x',
      tags: [],
    },
    {
      version: 2,
      stage: 'Production',
      status: 'READY',
      description: 'better',
      created: 9,
      runForeignId: runA,
      model: 'm-2',
      source: 'models:/m-2',
      tags: [
        ['a', '1'],
        ['b', '2'],
      ],
    },
  ])
})

test('artifacts are found beside the database by the end of the recorded path, and nowhere else', () => {
  const outside = writeTree({ [`1/${runA}/artifacts/secret`]: '' })
  const folder = writeTree({
    [`mlartifacts/1/${runB}/artifacts/x`]: '',
    [`my runs/named/${runA}/artifacts/x`]: '',
    [`hidden/.git/1/${runA}/artifacts/x`]: '',
  })
  const artifactsOf = (uri: string, run: string, change = {}) => {
    const file = path.join(newFolder(), 'mlflow.db')
    const database = makeDatabase(file)
    addRun(database, run, { artifact_uri: uri, ...change })
    database.close()
    return { file, of: () => readDatabase(file).runs[0]?.artifacts }
  }
  const beside = (uri: string, run: string) => {
    const file = path.join(folder, `${Math.random()}.db`)
    const database = makeDatabase(file)
    addRun(database, run, { artifact_uri: uri })
    database.close()
    return readDatabase(file).runs[0]?.artifacts
  }
  expect(beside(`mlflow-artifacts:/1/${runB}/artifacts`, runB)).toBe(`../mlartifacts/1/${runB}/artifacts`)
  expect(beside(`file:///C:/x/my%20runs/named/${runA}/artifacts`, runA)).toBe(`../my runs/named/${runA}/artifacts`)
  expect(beside(`C:\\x\\my runs\\named\\${runA}\\artifacts`, runA)).toBe(`../my runs/named/${runA}/artifacts`)
  for (const uri of [
    `${outside}/1/${runA}/artifacts`,
    `file://${outside}/1/${runA}/artifacts`,
    `/x/../${path.basename(outside)}/1/${runA}/artifacts`,
    `/x/hidden%2F.git/1/${runA}/artifacts`,
    `s3://bucket/${runA}/artifacts`,
    '',
  ]) {
    expect(beside(uri, runA)).toBeNull()
  }
  const running = artifactsOf('', runA, { status: 'RUNNING' })
  expect(running.of()).toBeNull()
  writeTree({ 'mlruns/2/x': '' }, path.dirname(running.file))
  expect(running.of()).toBe(`../mlruns/1/${runA}/artifacts`)
})

test('an unchanged run is known by its fingerprint, any change has it read', () => {
  const file = path.join(newFolder(), 'mlflow.db')
  const database = makeDatabase(file)
  addRun(database, runA)
  database.exec(`insert into tags values ('t', '1', '${runA}'); insert into params values ('p', '1', '${runA}')`)
  addPoints(database, runA, 'loss', [[0, 1]])
  const first = readDatabase(file).runs[0]
  expect(readDatabase(file, new Map([[runA, first?.fingerprint ?? '']]))).toMatchObject({ runs: [], unchanged: [{ foreignId: runA }] })
  let before = first
  for (const change of [
    `update tags set value = '2'`,
    `update runs set status = 'KILLED'`,
    `update experiments set lifecycle_stage = 'deleted'`,
    `insert into metrics values ('loss', 2, 1001, '${runA}', 1, 0)`,
    `insert into params values ('q', '1', '${runA}')`,
  ]) {
    database.exec(change)
    const { runs, unchanged } = readDatabase(file, new Map([[runA, before?.fingerprint ?? '']]))
    expect([change, unchanged.length, runs.length]).toEqual([change, 0, 1])
    expect(runs[0]?.digest).not.toBe(before?.digest)
    before = runs[0]
  }
  database.close()
})

test('the points of a long run follow its record in order', () => {
  const file = path.join(newFolder(), 'mlflow.db')
  const database = makeDatabase(file)
  addRun(database, runA)
  database.exec(`with recursive n(i) as (select 0 union all select i + 1 from n where i < 299999)
    insert into metrics select 'k' || (i % 3), i / 7.0, i, '${runA}', i, 0 from n`)
  database.close()
  const { runs, points, issues } = readDatabase(file)
  expect([runs[0]?.series, issues]).toEqual([[], []])
  expect(Math.max(...points.map(({ series }) => series.values.length))).toBeLessThanOrEqual(65_536)
  const steps = points.filter(({ series }) => series.key === 'k1').flatMap(({ series }) => Array.from(series.steps, Number))
  expect(steps).toEqual(Array.from({ length: 100_000 }, (_, at) => at * 3 + 1))
  expect(points.reduce((sum, { series }) => sum + series.values.length, 0)).toBe(300_000)
})
