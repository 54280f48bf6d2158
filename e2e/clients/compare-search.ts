import type { Answers, Case, Cases, Difference, SearchAnswer } from './answers.ts'
import { type Api, Refused } from './api.ts'
import { type Checks, different } from './checks.ts'

const pageSize = 5

/** Searches of `search-cases.json`, in Readout and in MLflow: who matches, and in which order. */
export async function compareSearch(checks: Checks, api: Api, answers: Answers, cases: Cases): Promise<void> {
  const names = new Map(Object.entries(answers.ids).map(([name, id]) => [id, name]))
  const major = Number(answers.version.split('.')[0])
  const isKnown = ({ since = 0 }: Case) => since <= major
  const named = (answer: SearchAnswer | undefined) => {
    return answer && 'runs' in answer ? answer.runs.map(id => names.get(id) ?? id) : ('refused' as const)
  }
  const pairs = async (kind: keyof Cases) => {
    const found = cases[kind].map(async (one, index) => ({
      one,
      theirs: answers.search[kind][index],
      ours: await search(api, answers, one),
    }))
    return (await Promise.all(found)).filter(({ one }) => isKnown(one))
  }
  const agreed = await pairs('agree')
  for (const [title, isOrder] of [
    ['search filters', false],
    ['search orders', true],
  ] as const) {
    await checks.group(title, check => {
      for (const { one, theirs, ours } of agreed) {
        if ((one.sort !== undefined || one.filter === '') !== isOrder) continue
        const shape = (runs: string[] | 'refused') => (runs === 'refused' || isOrder ? runs : runs.toSorted())
        check(caseText(one), 'error' in ours ? [ours.error] : different('answer', shape(named(theirs)), shape(named(ours))))
      }
    })
  }
  await checks.group('search in pages', async check =>
    check('pages of five', different('order', answers.pages, await searchPages(api, answers))),
  )
  await checks.group('refused searches', async check => {
    for (const { one, theirs, ours } of await pairs('refuse')) {
      check(caseText(one), [...different('MLflow', 'refused', named(theirs)), ...different('Readout', 'refused', named(ours))])
    }
  })
  await checks.group('searches that differ on purpose', async check => {
    for (const { one, theirs, ours } of await pairs('differ')) {
      const { mlflow, mlflow2, readout, reason, sort } = one as Difference
      const shape = (runs: string[] | 'refused') => (runs === 'refused' || sort ? runs : runs.toSorted())
      const expected = major === 2 && mlflow2 ? mlflow2 : mlflow
      const [theirNames, ourNames] = [shape(named(theirs)), shape(named(ours))]
      const problems = [...faults('MLflow', shape(expected), theirNames), ...faults('Readout', shape(readout), ourNames)]
      check(`${caseText(one)} (${reason})`, problems)
    }
  })
}

function faults(who: string, expected: unknown, found: unknown): string[] {
  return JSON.stringify(expected) === JSON.stringify(found)
    ? []
    : [`expected ${JSON.stringify(expected)} of ${who}, found ${JSON.stringify(found)}`]
}

function caseText({ filter, sort, deleted }: Case): string {
  return [JSON.stringify(filter), ...(sort ? [`by ${sort.join(', ')}`] : []), ...(deleted ? [`deleted ${deleted}`] : [])].join(' ')
}

async function search(api: Api, answers: Answers, { filter, sort = [], deleted = 'exclude' }: Case): Promise<SearchAnswer> {
  let text = filter
  for (const [name, id] of Object.entries(answers.ids)) text = text.replaceAll(`{${name}}`, id)
  try {
    return { runs: await searchFrom(api, { project: answers.searched, filter: text, sort, deleted, limit: 500 }) }
  } catch (error) {
    if (error instanceof Refused && error.status === 400) return { error: error.message }
    throw error
  }
}

async function searchFrom(api: Api, input: Parameters<typeof api.ask<'runsPage'>>[1]): Promise<string[]> {
  const { columns } = await api.ask('runsPage', { ...input, columns: ['run_id'] })
  return (columns[0]?.values ?? []).map(String)
}

async function searchPages(api: Api, answers: Answers): Promise<string[]> {
  const found: string[] = []
  for (let offset = 0; ; offset += pageSize) {
    const page = await searchFrom(api, { project: answers.searched, sort: ['metrics.acc DESC'], offset, limit: pageSize })
    found.push(...page)
    if (page.length < pageSize) return found
  }
}
