import { expect, test } from 'vitest'

import { experimentMeta, oneRun, readTree, runA as a, writeTree } from './test-tree.ts'

test('datasets and models that a run used and made', () => {
  const id = '0123456789abcdef0123456789abcdef'
  const { runs, issues } = readTree(
    writeTree({
      ...oneRun({
        'inputs/x/meta.yaml': `destination_id: ${id}\nsource_id: ${id}\nsource_type: DATASET\ntags:\n  mlflow.data.context: train\n`,
        'inputs/y/meta.yaml': 'source_id: m-1\nsource_type: MODEL\ntags: {}\n',
        'inputs/z/meta.yaml': 'source_id: lost\nsource_type: DATASET\ntags: {}\n',
        'outputs/m-2/meta.yaml': 'destination_id: m-2\nsource_type: RUN_OUTPUT\nstep: 9007199254740993\ntags: {}\n',
      }),
      [`1/datasets/${id}/meta.yaml`]: 'digest: 25a8342e\nname: iris\nsource: \'{"a":\n  1}\'\nsource_type: code\n',
    }),
  )
  expect(runs[0]?.datasets).toEqual([
    { name: 'iris', digest: '25a8342e', sourceType: 'code', source: '{"a": 1}', context: 'train' },
    { name: 'lost', digest: '', sourceType: '', source: '', context: '' },
  ])
  expect(runs[0]?.models).toEqual([
    { model: 'm-1', direction: 'input', step: 0 },
    { model: 'm-2', direction: 'output', step: 9_007_199_254_740_993n },
  ])
  expect(issues.map(({ reason }) => reason)).toEqual(["names the dataset lost, which is not below the experiment's datasets folder"])
})

test('logged models with their metrics of four and six fields', () => {
  const meta = `experiment_id: '1'\nmodel_id: m-1\nname: net\nsource_run_id: ${a}\nstatus: 2\ncreation_timestamp: 5\nmodel_type: null\n`
  const { models, runs, issues } = readTree(
    writeTree({
      '1/meta.yaml': experimentMeta('1'),
      '1/models/m-1/meta.yaml': meta,
      '1/models/m-1/params/p': '1',
      '1/models/m-1/metrics/acc': `1000 0.5 3 ${a}\n1000 0.6 3 ${a} my data 25a8\nbad\n`,
      '1/models/m-1/artifacts/MLmodel': 'x',
      '1/models/m-2/meta.yaml': "experiment_id: '1'\nmodel_id: m-2\nname: old\nlifecycle_stage: deleted\nstatus: 3\n",
    }),
  )
  expect(runs).toEqual([])
  expect(models).toEqual([
    {
      type: 'model',
      foreignId: 'm-1',
      projectForeignId: '1',
      name: 'net',
      path: '1/models/m-1',
      artifacts: '1/models/m-1/artifacts',
      status: 'READY',
      modelType: '',
      runForeignId: a,
      created: 5,
      deleted: false,
      params: [['p', '1']],
      tags: [],
      metrics: [
        { key: 'acc', value: 0.5, step: 3, time: 1, runForeignId: a, dataset: '', datasetDigest: '' },
        { key: 'acc', value: 0.6, step: 3, time: 1, runForeignId: a, dataset: 'my data', datasetDigest: '25a8' },
      ],
    },
    expect.objectContaining({ foreignId: 'm-2', status: 'FAILED', deleted: true, artifacts: null }),
  ])
  expect(issues).toEqual([{ path: '1/models/m-1/metrics/acc', line: 3, reason: 'expected "timestamp value step run", found "bad"' }])
})

test('the model registry', () => {
  const version = (number: number) =>
    `creation_timestamp: 7\ncurrent_stage: None\ndescription: null\nrun_id: ${a}\nsource: models:/m-1\nstatus: READY\nversion: ${number}\n`
  const { registered, projects, issues } = readTree(
    writeTree({
      'models/net/meta.yaml': 'creation_timestamp: 6\ndescription: A net\nname: net\n',
      'models/net/tags/owner': 'ana',
      'models/net/aliases/champion': '10\n',
      'models/net/aliases/bad': 'x',
      'models/net/version-10/meta.yaml': version(10),
      'models/net/version-2/meta.yaml': version(2),
      'models/net/version-2/tags/ok': 'yes',
      'models/net/version-3/x': '',
    }),
  )
  expect(projects).toEqual([])
  const shared = { stage: 'None', status: 'READY', description: '', created: 7, runForeignId: a, model: 'm-1', source: 'models:/m-1' }
  expect(registered).toEqual([
    {
      type: 'registered-model',
      name: 'net',
      description: 'A net',
      created: 6,
      tags: [['owner', 'ana']],
      aliases: [['champion', 10]],
      versions: [
        { ...shared, version: 2, tags: [['ok', 'yes']] },
        { ...shared, version: 10, tags: [] },
      ],
    },
  ])
  expect(issues.map(({ reason }) => reason)).toEqual([
    'has no meta.yaml; the model version is left out',
    'does not hold the number of a version',
  ])
})
