import { fromFloat64 } from '#contract/int64.ts'
import { printOperand } from '#contract/operand-text.ts'
import type { KeyKind } from '#contract/operand.ts'
import type { Output } from '#contract/operations.ts'

import type { Answers, RunAnswer } from './answers.ts'
import type { Api } from './api.ts'
import { bits, type Checks, different } from './checks.ts'
import { expectedLatest } from './differences.ts'

const columnsPerRequest = 50

/** Experiments, what the server says of its health, and every column of the run table. */
export async function compareProjects(checks: Checks, api: Api, answers: Answers, format = 'mlflow'): Promise<void> {
  await checks.group('health', async check => {
    const { status, sources } = await api.ask('health', {})
    const points = answers.runs.flatMap(run => Object.values(run.history)).reduce((sum, history) => sum + history.length, 0)
    const { path: _, ...source } = sources[0] ?? { path: '' }
    check('status', different('status', 'ok', status))
    check('source', different('source', { format, state: 'ready', runs: answers.runs.length, points, issues: 0 }, source))
  })
  await checks.group('experiments', async check => {
    const projects = await api.ask('projects', {})
    for (const experiment of answers.experiments) {
      const runs = answers.runs.filter(run => run.experiment === experiment.id)
      const project = projects.find(({ foreignId }) => foreignId === experiment.id)
      if (runs.length === 0 && experiment.stage === 'deleted') continue
      check(
        experiment.name,
        project ? different('experiment', expectedProject(experiment, runs), projectShape(project)) : ['is not in Readout'],
      )
    }
    check('all', different('number of projects', answers.experiments.length, projects.length))
  })
  await checks.group('columns of the run table', async check => {
    for (const { id, name } of answers.experiments) {
      const runs = answers.runs.filter(run => run.experiment === id)
      for (const kind of ['metric', 'param', 'tag'] as const) check(`${kind}s of ${name}`, await compareColumns(api, id, runs, kind))
    }
  })
}

function expectedProject({ name, tags }: Answers['experiments'][number], runs: readonly RunAnswer[]): unknown {
  const active = runs.filter(run => run.stage === 'active')
  const key = tags['mlflow.experiment.primaryMetric.name']
  return {
    name,
    description: tags['mlflow.note.content'] ?? '',
    runs: active.length,
    running: active.filter(run => run.status === 'RUNNING').length,
    deleted: runs.length - active.length,
    primaryMetric: key === undefined ? null : { key, greaterIsBetter: tags['mlflow.experiment.primaryMetric.greaterIsBetter'] === 'True' },
  }
}

function projectShape({ name, description, runs, running, deleted, primaryMetric }: Output<'projects'>[number]): unknown {
  return { name, description, runs, running, deleted, primaryMetric }
}

async function compareColumns(api: Api, project: string, runs: readonly RunAnswer[], kind: KeyKind): Promise<string[]> {
  const valuesOf = (run: RunAnswer) => (kind === 'metric' ? expectedLatest(run.metrics).latest : run[`${kind}s`])
  const keys = [...new Set(runs.flatMap(run => Object.keys(valuesOf(run))))].sort()
  const problems: string[] = []
  for (let start = 0; start < keys.length; start += columnsPerRequest) {
    const part = keys.slice(start, start + columnsPerRequest)
    const columns = ['run_id', ...part.map(key => printOperand(kind === 'metric' ? { kind, key, aggregate: 'last' } : { kind, key }))]
    const page = await api.ask('runsPage', { project, columns, limit: 500, deleted: 'include' })
    const [ids, ...values] = page.columns.map(column => column.values)
    for (const run of runs) {
      const row = ids?.indexOf(run.id) ?? -1
      for (const [index, key] of part.entries()) {
        const value = values[index]?.[row] ?? null
        const ours = value !== null && kind === 'metric' ? bits(fromFloat64(value as number)) : value
        problems.push(...different(`${key} of ${run.name}`, valuesOf(run)[key] ?? null, ours))
      }
    }
  }
  return problems
}
