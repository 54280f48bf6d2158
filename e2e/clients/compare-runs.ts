import { fromFloat64 } from '#contract/int64.ts'
import type { RunDetail } from '#contract/run.ts'
import { decodeSeriesFrame } from '#contract/series-frame.ts'

import type { Answers, RunAnswer } from './answers.ts'
import type { Api } from './api.ts'
import { bits, type Checks, different, differentEntries } from './checks.ts'
import { expectedLatest, steppedOnDataset } from './differences.ts'

type Point = [value: string, step: string, timestamp: string]

/** `isOrdered`: MLflow answers with points in the order of logging. It does from files; from a database those of one step and time come in any. */
export async function compareRuns(checks: Checks, api: Api, answers: Answers, isOrdered = true): Promise<void> {
  const details = new Map<string, RunDetail>()
  for (const run of answers.runs) details.set(run.id, await api.ask('run', { run: run.id }))
  const foreignIds = new Map([...details.values()].map(detail => [detail.id, detail.foreignId]))
  const each = (title: string, compare: (run: RunAnswer, detail: RunDetail) => string[] | Promise<string[]>) =>
    checks.group(title, async check => {
      for (const run of answers.runs) {
        const detail = details.get(run.id)
        check(`${run.name} (${run.id})`, detail ? await compare(run, detail) : ['is not in Readout'])
      }
    })

  await each('runs', (run, detail) => compareInfo(run, detail, answers, foreignIds))
  await each('params', (run, detail) => differentEntries('param', run.params, asRecord(detail.params)))
  await each('tags', (run, detail) => differentEntries('tag', run.tags, asRecord(detail.tags)))
  await each('latest metrics', (run, detail) => compareLatest(run, detail))
  await each('metric histories', (run, detail) => compareHistories(api, run, detail, isOrdered))
  await each('datasets', (run, detail) => different('datasets', sorted(run.datasets), sorted(detail.datasets.map(inMlflowOrder))))
  await each('models', (run, detail) => different('models', expectedModels(run, answers), sorted(detail.models.map(modelShape))))
}

function compareInfo(run: RunAnswer, detail: RunDetail, answers: Answers, foreignIds: ReadonlyMap<string, string>): string[] {
  const children = answers.runs.filter(other => other.tags['mlflow.parentRunId'] === run.id).map(({ id }) => id)
  const tag = (name: string) => run.tags[name] ?? ''
  return [
    ...different('id', run.id, detail.foreignId),
    ...different('name', run.name, detail.name),
    ...different('experiment', answers.experiments.find(({ id }) => id === run.experiment)?.name, detail.project.name),
    ...different('status', run.status.toLowerCase(), detail.status),
    ...different('user', run.user, detail.user),
    ...different('start', run.start, detail.start),
    ...different('end', run.end, detail.end),
    ...different('stage', run.stage, detail.deletedAt === null ? 'active' : 'deleted'),
    ...different('description', tag('mlflow.note.content'), detail.note),
    ...different('commit', tag('mlflow.source.git.commit'), detail.git.commit),
    ...different('parent', tag('mlflow.parentRunId'), detail.parent ? foreignIds.get(detail.parent.id) : ''),
    ...different('children', sorted(children), sorted(detail.children.map(({ id }) => foreignIds.get(id) ?? id))),
  ]
}

function compareLatest(run: RunAnswer, detail: RunDetail): string[] {
  const latest = Object.fromEntries(detail.metrics.map(({ key, last }) => [key, bits(fromFloat64(last.value))]))
  const points = Object.fromEntries(detail.metrics.map(({ key, last }) => [key, [String(last.step), String(last.time * 1_000)]]))
  const expected = expectedLatest(run.metrics)
  const places = Object.entries(run.history).map(([key, history]) => {
    const [value, step, timestamp] = [...inOrder(key, history)].filter(([of]) => of === expected.latest[key]).at(-1) ?? ['', '', '']
    return [key, value === '' ? [] : [step, timestamp]]
  })
  return [
    ...expected.problems,
    ...differentEntries('latest value of', expected.latest, latest),
    ...differentEntries('step and time of the latest', Object.fromEntries(places), points),
  ]
}

async function compareHistories(api: Api, run: RunAnswer, detail: RunDetail, isOrdered: boolean): Promise<string[]> {
  const problems: string[] = []
  for (const { key, count } of detail.metrics) {
    const { steps, times, values } = decodeSeriesFrame(await api.ask('series', { run: run.id, key }))
    const points = Array.from(values, (value, at): Point => [bits(value), String(steps[at]), String((times[at] ?? Number.NaN) * 1_000)])
    const expected = inOrder(key, run.history[key] ?? [])
    if (!isOrdered) for (const listed of [points, expected]) listed.sort(byAll)
    problems.push(
      ...different(`number of points of ${key}`, expected.length, points.length),
      ...different(`count of ${key}`, points.length, count),
    )
    const first = expected.findIndex((point, at) => String(point) !== String(points[at]))
    if (first >= 0) problems.push(...different(`point ${first} of ${key}`, expected[first], points[first]))
  }
  return problems
}

/** Points by step, then time, then as they were logged: the order of Readout's series. MLflow answers in the order of logging. */
function inOrder(key: string, history: readonly Point[]): Point[] {
  const kept = history.map(([value, step, timestamp]): Point => [value, steppedOnDataset[key] ?? step, timestamp])
  const compare = (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0)
  return kept.sort((a, b) => compare(a[1], b[1]) || compare(a[2], b[2]))
}

function byAll(a: Point, b: Point): number {
  return String(a) < String(b) ? -1 : 1
}

function expectedModels(run: RunAnswer, answers: Answers): unknown[] {
  const versionsOf = (fits: (version: Answers['versions'][number]) => boolean) =>
    sorted(
      answers.versions.filter(fits).map(({ model, version, stage, aliases }) => ({ model, version, stage, aliases: aliases.toSorted() })),
    )
  const made = answers.models.filter(model => model.run === run.id).map(({ id }) => ({ id, step: 0 }))
  const outputs = [...run.modelOutputs, ...made.filter(({ id }) => run.modelOutputs.every(output => output.id !== id))]
  const links = [
    ...outputs.map(({ id, step }) => ({ id, step, direction: 'output' })),
    ...run.modelInputs.map(id => ({ id, step: 0, direction: 'input' })),
  ]
  const logged = links.map(({ id, step, direction }) => {
    const model = answers.models.find(model => model.id === id)
    const { name, status, type } = model ?? { name: '', status: '', type: '' }
    return { id, name, direction, step, status: status.toLowerCase(), type, versions: versionsOf(version => version.loggedModel === id) }
  })
  const bare = versionsOf(version => version.loggedModel === '' && version.run === run.id).map(version => {
    return { id: '', name: (version as { model: string }).model, direction: 'output', step: 0, status: '', type: '', versions: [version] }
  })
  return sorted([...logged, ...bare])
}

function modelShape(model: RunDetail['models'][number]): unknown {
  const { id, name, direction, step, status, type } = model
  const versions = model.versions.map(({ model, version, stage, aliases }) => ({ model, version, stage, aliases: aliases.toSorted() }))
  return { id, name, direction, step, status: status.toLowerCase(), type, versions: sorted(versions) }
}

function inMlflowOrder({ name, digest, source, sourceType, context }: RunDetail['datasets'][number]): RunAnswer['datasets'][number] {
  return { name, digest, source, sourceType, context }
}

/** The same things in an order of their own, so that lists compare as sets. */
function sorted<Value>(values: Value[]): Value[] {
  return values
    .map(value => [JSON.stringify(value), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value)
}

function asRecord(pairs: { key: string; value: string }[]): Record<string, string> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]))
}
