import path from 'node:path'

import type { RunDetail } from '#contract/run.ts'
import { decodeSeriesFrame } from '#contract/series-frame.ts'

import type { Api } from './api.ts'
import { bits, type Checks, different, differentEntries } from './checks.ts'
import { compareMedia } from './compare-media.ts'
import type { EventAnswers, EventRunAnswer } from './event-answers.ts'

const pageRows = 500

/** Runs of all projects by the folder in which they lie. */
async function runsByFolder(api: Api): Promise<Map<string, RunDetail>> {
  const found = new Map<string, RunDetail>()
  for (const { id } of await api.ask('projects', {})) {
    for (let offset = 0; ; offset += pageRows) {
      const { rows, total } = await api.ask('runsPage', { project: id, offset, limit: pageRows })
      for (const row of rows) {
        const detail = await api.ask('run', { run: row.id })
        for (const { source, path: place } of detail.places) found.set(path.join(source, place), detail)
      }
      if (offset + pageRows >= total) break
    }
  }
  return found
}

/** Holds runs, params, every point of every scalar, and the number of issues against what TensorBoard's own loader reads. */
export async function compareEvents(checks: Checks, api: Api, answers: EventAnswers, what: string, issues: number): Promise<void> {
  const runs = await runsByFolder(api)
  await checks.group(`${what}: runs`, check => {
    for (const [folder, answer] of Object.entries(answers)) {
      const detail = runs.get(folder)
      check(folder, detail ? compareRun(answer, detail) : ['is not in Readout'])
    }
  })
  await checks.group(`${what}: points`, async check => {
    for (const [folder, answer] of Object.entries(answers)) {
      const detail = runs.get(folder)
      if (detail) check(folder, await comparePoints(api, answer, detail))
    }
  })
  await checks.group(`${what}: images, audio, histograms, curves and texts`, async check => {
    for (const [folder, answer] of Object.entries(answers)) {
      const detail = runs.get(folder)
      if (detail && answer.media.length > 0) check(folder, await compareMedia(api, answer, detail.id))
    }
  })
  await checks.group(`${what}: health`, async check => {
    const { status, sources } = await api.ask('health', {})
    const read = sources.filter(({ format }) => format === 'tensorboard')
    const sum = (of: (source: (typeof read)[number]) => number) => read.reduce((total, source) => total + of(source), 0)
    const counts = Object.values(answers).flatMap(({ points }) => Object.values(points).map(series => series.length))
    const expected = {
      status: 'ok',
      runs: Object.keys(answers).length,
      points: counts.reduce((total, count) => total + count, 0),
      issues,
    }
    const ours = { status, runs: sum(source => source.runs), points: sum(source => source.points), issues: sum(source => source.issues) }
    check('totals', different('total', expected, ours))
  })
}

function compareRun(answer: EventRunAnswer, detail: RunDetail): string[] {
  const params = Object.fromEntries(detail.params.map(({ key, value }) => [key, value]))
  const expected = Object.entries(answer.params).map(([key, value]) => [
    key,
    'text' in value ? value.text : sameNumber(value.number, params[key]),
  ])
  return [
    ...(answer.status === 0 ? [] : different('status', answer.status === 2 ? 'failed' : 'finished', detail.status)),
    ...different('start', answer.first === null ? null : answer.first * 1000, detail.start),
    ...(detail.status === 'running' ? [] : different('end', answer.last === null ? null : answer.last * 1000, detail.end)),
    ...(answer.status === 0 ? [] : differentEntries('param', Object.fromEntries(expected) as Record<string, string>, params)),
  ]
}

/** The text itself where it brings back the number; else the number, so that it shows as different. */
function sameNumber(number: string, text: string | undefined): string {
  return text !== undefined && bits(Number(text)) === number ? text : `0x${number}`
}

async function comparePoints(api: Api, answer: EventRunAnswer, detail: RunDetail): Promise<string[]> {
  const counts = Object.fromEntries(detail.metrics.map(({ key, count }) => [key, count]))
  const expected = Object.fromEntries(Object.entries(answer.points).map(([tag, series]) => [tag, series.length]))
  const problems = differentEntries('number of points of', expected, counts)
  for (const [tag, series] of Object.entries(answer.points)) {
    if (!(tag in counts)) continue
    const { steps, times, values } = decodeSeriesFrame(await api.ask('series', { run: detail.id, key: tag }))
    const first = series.findIndex(
      ([step, time, value], at) =>
        step !== String(steps[at]) || time !== bits(times[at] ?? Number.NaN) || value !== bits(values[at] ?? Number.NaN),
    )
    if (first < 0) continue
    const ours = [String(steps[first]), bits(times[first] ?? Number.NaN), bits(values[first] ?? Number.NaN)]
    problems.push(...different(`point ${first} of ${tag}`, series[first], ours))
  }
  return problems
}
