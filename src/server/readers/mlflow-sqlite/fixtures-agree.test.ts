import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'

import { expect, test } from 'vitest'

import { addPoint, emptySummary } from '#maths/summary.ts'

import { readDatabase } from './test-database.ts'

const repository = path.resolve(import.meta.dirname, '../../../..')
const fixtures = path.join(repository, '../shared/fixtures')
const { hashTree } = (await import(pathToFileURL(path.join(repository, 'e2e/counts/count-mlruns.mjs')).href)) as {
  hashTree: (folder: string) => string
}
const databases = existsSync(fixtures)
  ? readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.db') && name.includes('sqlite'))
  : []

test.skipIf(databases.length === 0)('there are databases to compare', () => {
  expect(databases.length).toBeGreaterThanOrEqual(3)
})

test.each(databases)('reader and SQL agree on %s', name => {
  const file = path.join(fixtures, name)
  const before = hashTree(path.dirname(file))
  const { projects, runs, models, registered, issues } = readDatabase(file)
  const sql = new DatabaseSync(new URL(`${pathToFileURL(file).href}?immutable=1`), { readOnly: true })
  const count = (text: string) => Number(Object.values(sql.prepare(`select count(*) from ${text}`).get() ?? {})[0])
  expect(issues).toEqual([])
  expect({
    experiments: projects.length,
    deletedExperiments: projects.filter(project => project.deleted).length,
    active: runs.filter(run => run.deletedAt === null).length,
    deleted: runs.filter(run => run.deletedAt !== null).length,
    params: runs.reduce((sum, run) => sum + run.params.length, 0),
    tags: runs.reduce((sum, run) => sum + run.tags.length, 0),
    points: runs.reduce((sum, run) => sum + run.series.reduce((points, series) => points + series.values.length, 0), 0),
    series: runs.reduce((sum, run) => sum + run.series.length, 0),
    datasets: runs.reduce((sum, run) => sum + run.datasets.length, 0),
    modelLinks: runs.reduce((sum, run) => sum + run.models.length, 0),
    models: models.length,
    modelMetrics: models.reduce((sum, model) => sum + model.metrics.length, 0),
    modelParams: models.reduce((sum, model) => sum + model.params.length, 0),
    registered: registered.length,
    versions: registered.reduce((sum, model) => sum + model.versions.length, 0),
    aliases: registered.reduce((sum, model) => sum + model.aliases.length, 0),
  }).toEqual({
    experiments: count('experiments'),
    deletedExperiments: count("experiments where lifecycle_stage = 'deleted'"),
    active: count("runs where lifecycle_stage = 'active'"),
    deleted: count("runs where lifecycle_stage = 'deleted'"),
    params: count('params'),
    tags: count('tags'),
    points: count('metrics'),
    series: count('latest_metrics'),
    datasets: count("inputs where source_type = 'DATASET'"),
    modelLinks: count("inputs where source_type in ('RUN_INPUT', 'RUN_OUTPUT')"),
    models: count('logged_models'),
    modelMetrics: count('logged_model_metrics'),
    modelParams: count('logged_model_params'),
    registered: count('registered_models'),
    versions: count('model_versions'),
    aliases: count('registered_model_aliases'),
  })
  for (const row of sql.prepare('select * from latest_metrics').all()) {
    const series = runs.find(run => run.foreignId === row['run_uuid'])?.series.find(found => found.key === row['key'])
    const summary = emptySummary()
    for (const [at, value] of (series?.values ?? []).entries()) addPoint(summary, series?.steps[at] ?? 0, series?.times[at] ?? 0, value)
    const spelled = row['is_nan'] === 1 ? Number.NaN : Number(row['value'])
    const wanted = Math.abs(spelled) === Number.MAX_VALUE ? Math.sign(spelled) * Infinity : spelled
    expect([row['key'], summary.last, Number(summary.lastStep)]).toEqual([row['key'], wanted, row['step']])
  }
  sql.close()
  expect(hashTree(path.dirname(file))).toBe(before)
})
