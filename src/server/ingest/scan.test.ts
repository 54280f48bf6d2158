import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { expect, test, vi } from 'vitest'

import type { ReadIssue } from '#contract/source.ts'
import { foreignDatabase, writeDatabase } from '#server/readers/mlflow-sqlite/test-database.ts'
import { experimentMeta, newFolder, oneRun, runA, runB, runMeta, writeTree } from '#server/readers/mlflow/test-tree.ts'

import { scan, scanSteps } from './scan.ts'

vi.setConfig({ testTimeout: 60_000 })

function scanned(root: string, ...paths: string[]) {
  const issues: ReadIssue[] = []
  const told: string[] = []
  const { sources, seen } = scan(
    paths.map(name => path.join(root, name)),
    source => told.push(source.path),
    issue => issues.push(issue),
  )
  expect(told).toEqual(sources.map(source => source.path))
  return {
    sources: sources.map(source => path.relative(root, source.path)),
    seen: seen.map(({ kind, count, example }) => [kind, count, path.relative(root, example)]),
    issues: issues.map(issue => [path.relative(root, issue.path), issue.reason.replaceAll(root, '')]),
  }
}

const expected = 'expected a folder with MLflow runs (usually named mlruns), an MLflow database or TensorBoard event files in it'
const tree = oneRun({ 'params/x': '1' })
const under = (folder: string, files = tree) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]))

test('the folder itself, its parent and any folder above lead to the same source', () => {
  const root = writeTree(under('team/proj/mlruns'))
  for (const given of ['team/proj/mlruns', 'team/proj', 'team', '.']) {
    expect(scanned(root, given)).toEqual({ sources: ['team/proj/mlruns'], seen: [], issues: [] })
  }
})

test('shallow sources come first, and nothing is looked for inside a source', () => {
  const root = writeTree({ ...under('a/b/c/mlruns'), ...under('z/mlruns'), ...under(`z/mlruns/1/${runA}/artifacts/mlruns`) })
  expect(scanned(root, '.').sources).toEqual(['z/mlruns', 'a/b/c/mlruns'])
})

test('paths given twice or inside one another lead to each source once', () => {
  const root = writeTree(under('proj/mlruns'))
  expect(scanned(root, 'proj/mlruns/1', 'proj', '.', 'proj/mlruns', 'proj/')).toEqual({ sources: ['proj/mlruns'], seen: [], issues: [] })
})

test('an experiment is read on its own, a run is not; both are told', () => {
  const root = writeTree(under('proj/mlruns'))
  const experiment = scanned(root, 'proj/mlruns/1')
  expect(experiment.sources).toEqual(['proj/mlruns/1'])
  expect(experiment.issues).toEqual([
    ['proj/mlruns/1', 'is a single MLflow experiment and is read on its own: give /proj/mlruns to read all experiments beside it'],
  ])
  const run = scanned(root, `proj/mlruns/1/${runA}`)
  expect(run.sources).toEqual([])
  expect(run.issues).toEqual([
    [
      `proj/mlruns/1/${runA}`,
      'is a single MLflow run, which is not read on its own: give the folder that holds its experiments, /proj/mlruns',
    ],
  ])
})

test('trees without the usual signs', () => {
  const root = writeTree({
    'only-models/models/net/version-1/meta.yaml': 'version: 1\n',
    'only-models-2/models/net/meta.yaml': 'creation_timestamp: 1\nname: net\n',
    'lost/7/x': '',
    [`lost/7/${runA}/meta.yaml`]: runMeta('7', runA),
    'named/my-experiment/meta.yaml': experimentMeta('my-experiment'),
    'trash/.trash/3/meta.yaml': experimentMeta('3'),
    'no/models/resnet/meta.yaml': 'name: resnet\n',
    'no/data/meta.yaml': 'experiment_id: 1\n',
    'no/1/models/m-1/meta.yaml': "experiment_id: '1'\nmodel_id: m-1\nname: x\n",
  })
  expect(scanned(root, '.').sources).toEqual(['lost', 'named', 'only-models', 'only-models-2', 'trash'])
})

test('a path that leads nowhere says what was expected', () => {
  const root = writeTree({
    empty: null,
    'none/a/b.txt': '',
    'none/c.csv': '',
    'file.txt': '',
    'my.db': 'x',
    'run-1.wandb': '',
    'tb/events.tfevents.1': '',
  })
  symlinkSync('circle', path.join(root, 'circle'))
  expect(scanned(root, 'missing', 'empty', 'none', 'file.txt', 'my.db', 'run-1.wandb', 'tb/events.tfevents.1', 'circle').issues).toEqual([
    ['missing', `does not exist; ${expected}`],
    ['file.txt', `is a file; ${expected}`],
    ['my.db', `is not an SQLite database, or is encrypted: give the file that MLflow writes; ${expected}`],
    ['run-1.wandb', `is a file of the kind W&B run file, which is not read; ${expected}`],
    ['tb/events.tfevents.1', 'is a single TensorBoard event file, which is not read on its own: give its folder, /tb'],
    ['circle', `is a link, which is not followed; ${expected}`],
    ['none', `holds no runs that are read (2 files in 2 folders looked at); ${expected}`],
    ['empty', `is empty; ${expected}`],
  ])
})

test('what is not read is named by kind, beside sources that are', () => {
  const root = writeTree({
    ...under('mlruns'),
    'other/tb/a/events.out.tfevents.1.host': '',
    'other/tb/b/events.out.tfevents.2.host': '',
    'other/wandb/run-20230502_144836-x/run-x.wandb': '',
    'other/sacred/1/run.json': '{}',
    'other/sacred/1/config.json': '{}',
    'other/plain/run.json': '{}',
    [`db/mlruns/1/${runA}/artifacts/model/meta.yaml`]: experimentMeta('1'),
    'mlruns/1/events.out.tfevents.3.host': '',
  })
  const { sources, seen, issues } = scanned(root, '.')
  expect(sources).toEqual(['mlruns', 'other/tb'])
  expect(seen).toHaveLength(3)
  expect(seen).toEqual(
    expect.arrayContaining([
      ['Sacred run folder', 1, 'other/sacred/1/run.json'],
      ['W&B run file', 1, 'other/wandb/run-20230502_144836-x/run-x.wandb'],
      ['MLflow artifact folder (its run is kept in a database)', 1, `db/mlruns/1/${runA}/artifacts`],
    ]),
  )
  expect(issues).toHaveLength(3)
  expect(issues).toContainEqual([
    '',
    'seen, but not read: 1 of the kind W&B run file, the first is /other/wandb/run-20230502_144836-x/run-x.wandb',
  ])
})

test('a database is a source beside others, whose it is is told of its artifacts, and one of another program is none', () => {
  const root = writeTree({
    ...under('proj/mlruns'),
    'proj/mlruns/runs.sqlite': writeDatabase([]),
    'proj/any.db': writeDatabase([]),
    'proj/tb/a/events.out.tfevents.1.host': '',
    [`proj/mlartifacts/1/${runB}/artifacts/model/x`]: '',
    'new/mlflow.db': '',
    'broken/mlruns.db': 'no database',
    'other/mlflow.db': foreignDatabase(),
    'other/theirs.db': foreignDatabase(),
    'other/Thumbs.db': 'x',
    'home/readout.db': writeDatabase([]),
    'home/lock.db': writeDatabase([]),
  })
  const { sources, seen, issues } = scanned(root, '.')
  expect(sources.sort()).toEqual(['broken/mlruns.db', 'new/mlflow.db', 'proj/any.db', 'proj/mlruns', 'proj/mlruns/runs.sqlite', 'proj/tb'])
  expect(seen).toHaveLength(1)
  const reason = 'is an SQLite database of another program (its tables: songs), not of MLflow'
  expect(issues).toEqual([['other/mlflow.db', reason]])
  expect(scanned(root, 'other/theirs.db')).toMatchObject({ sources: [], issues: [['other/theirs.db', `${reason}; ${expected}`]] })
  symlinkSync(path.join(root, 'proj/any.db'), path.join(root, 'link.db'))
  expect(scanned(root, 'link.db', 'proj/any.db')).toEqual({ sources: ['proj/any.db'], seen: [], issues: [] })
})

test('folders of tools are passed over', () => {
  const names = ['node_modules', '.git', '.venv', 'lib/site-packages', '.readout', '__pycache__']
  const root = writeTree({
    ...Object.assign({}, ...names.map(name => under(`${name}/mlruns`))),
    'env/pyvenv.cfg': '',
    ...under('env/mlruns'),
  })
  expect(scanned(root, '.').sources).toEqual([])
  expect(scanned(root, 'node_modules').sources).toEqual(['node_modules/mlruns'])
})

test('links are not followed but for the path given; loops end; links to elsewhere are told', () => {
  const outside = writeTree(under('mlruns'))
  const root = writeTree({ ...under('proj/mlruns'), 'proj/x': '' })
  symlinkSync(root, path.join(root, 'proj/loop'))
  symlinkSync(path.join(outside, 'mlruns'), path.join(root, 'proj/data'))
  symlinkSync('nowhere', path.join(root, 'proj/broken'))
  symlinkSync(path.join(root, 'proj'), path.join(root, 'link'))
  const { sources, issues } = scanned(root, 'proj')
  expect(sources).toEqual(['proj/mlruns'])
  expect(issues.map(([, reason]) => reason)).toEqual([
    '2 links to folders outside are not followed, the first is /proj/data: give the folder itself to read it',
  ])
  expect(scanned(root, 'link').sources).toEqual(['link/mlruns'])
})

test('folders deeper than twelve levels are not looked at, which is told', () => {
  const deep = Array.from({ length: 12 }, (_, level) => `d${level}`).join('/')
  expect(scanned(writeTree(under(deep)), '.').sources).toEqual([deep])
  const { sources, issues } = scanned(writeTree(under(`${deep}/mlruns`)), '.')
  expect(sources).toEqual([])
  expect(issues[0]?.[1]).toBe(`folders more than 12 levels down are not looked at, the first is below /${deep}`)
})

test('a folder of many files is walked by names alone', () => {
  const root = newFolder()
  for (let folder = 0; folder < 20; folder += 1) {
    mkdirSync(path.join(root, `data-${folder}`))
    for (let file = 0; file < 500; file += 1) writeFileSync(path.join(root, `data-${folder}`, `part ${file}`), '')
  }
  const start = performance.now()
  expect(scanned(root, '.').issues[0]?.[1]).toContain('10000 files in 21 folders')
  expect(performance.now() - start).toBeLessThan(5_000)
})

test('tells how far it is', () => {
  const root = writeTree({ ...under('mlruns'), ...Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`f${index}/x`, ''])) })
  const steps = [
    ...scanSteps(
      [root],
      () => {},
      () => {},
    ),
  ]
  expect(steps.map(({ folders }) => folders)).toEqual([250, 500, 602])
  expect(steps.at(-1)).toMatchObject({ files: 600, sources: 1 })
})

/** Logdirs that the scan of a path finds, with their runs; `files` are folders with an event file each. */
function logdirs(folders: string[], given = '.', more: Record<string, string> = {}) {
  const root = writeTree({ ...Object.fromEntries(folders.map(folder => [`${folder}/events.out.tfevents.1700000000.host`, ''])), ...more })
  const found: Record<string, string[]> = {}
  scan(
    [path.join(root, given)],
    source => (found[path.relative(root, source.path) || '.'] = source.parts ?? []),
    issue => expect.unreachable(issue.reason),
  )
  return found
}

test('logdirs are found from what lies below them', () => {
  expect(logdirs(['proj/runs/a', 'proj/runs/b/train', 'proj/runs/b'])).toEqual({ 'proj/runs': ['a', 'b', 'b/train'] })
  expect(logdirs(['proj/logs/exp/lightning_logs/version_0', 'proj/lightning_logs/version_1'])).toEqual({
    'proj/lightning_logs': ['version_1'],
    'proj/logs': ['exp/lightning_logs/version_0'],
  })
  expect(logdirs(['out/exp1/train', 'out/exp1/validation', 'out/exp2/1700000000.25', 'out/exp2'])).toEqual({
    out: ['exp1/train', 'exp1/validation', 'exp2', 'exp2/1700000000.25'],
  })
  expect(logdirs(['a/x', 'a/b/c/y'])).toEqual({ a: ['b/c/y', 'x'] })
})

test('a logdir is never above the path given, and is that path where it holds event files itself', () => {
  expect(logdirs(['proj/exp/train'], 'proj/exp')).toEqual({ 'proj/exp': ['train'] })
  expect(logdirs(['proj/exp/train'], 'proj/exp/train')).toEqual({ 'proj/exp/train': ['.'] })
  expect(logdirs(['runs', 'runs/a/logs/b'], 'runs')).toEqual({ runs: ['.', 'a/logs/b'] })
  expect(logdirs(['proj', 'proj/runs/a'], 'proj')).toEqual({ proj: ['.', 'runs/a'] })
})

test('event files in an MLflow tree, in folders of tools and in names alone are no logdirs', () => {
  expect(
    logdirs(['mlruns/1/logs', `mlruns/1/${runA}/artifacts/tensorboard`, 'node_modules/x/runs/a', 'runs/a'], '.', {
      ...under('mlruns'),
      'src/tensorboard/tfeventstream.go': '',
      'tfevents/tfevents.md': '',
      'prof/events.out.tfevents.1.host.profile-empty': '',
    }),
  ).toEqual({ mlruns: [], runs: ['a'] })
})
