import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

// oxlint-disable-next-line no-restricted-imports -- what all folders of e2e share lies above them, and e2e has no name of its own
import { serve } from '../serve.ts'
import type { Answers, Cases } from './answers.ts'
import { apiAt } from './api.ts'
import { Checks, differentEntries } from './checks.ts'
import { compareArtifacts, folderState } from './compare-artifacts.ts'
import { compareProjects } from './compare-projects.ts'
import { compareRuns } from './compare-runs.ts'
import { compareSearch } from './compare-search.ts'
import { findPython, prepareClient, run } from './environment.ts'
import { testMlflowDatabase } from './test-database.ts'
import { testGrowth } from './test-growth.ts'
import { testTensorboard } from './test-tensorboard.ts'

/** What MLflow needs for a database and its small package does not bring. */
const databaseParts = ['alembic>=1.13,<2', 'sqlalchemy>=2,<3']

const clients = [
  { name: 'MLflow 3', requirements: ['mlflow-skinny==3.17.2', 'pandas>=2,<4'], test: testMlflow },
  { name: 'MLflow 3 in SQLite', requirements: [...databaseParts, 'mlflow-skinny==3.17.2', 'pandas>=2,<4'], test: testMlflowDatabase },
  { name: 'MLflow 2', requirements: ['mlflow-skinny==2.22.5', 'pandas>=2,<4'], test: testMlflow },
  { name: 'TensorBoard', requirements: ['tensorboard==2.21.0', 'tensorboardX==2.6.5'], test: testTensorboard },
]

/** Holds Readout against the real clients, or those whose names have `only` in them; the number of checks that failed. Without a Python it says so and none fails. */
export async function testClients(only = ''): Promise<number> {
  const python = findPython()
  let passed = 0
  let failed = 0
  if ('missing' in python) console.log(`${python.missing}: the clients were not tested`)
  else {
    for (const { name, requirements, test } of clients.filter(client => client.name.toLowerCase().includes(only.toLowerCase()))) {
      const checks = new Checks(name)
      try {
        await test(checks, await prepareClient(python, requirements))
      } catch (error) {
        await checks.group('client', () => Promise.reject(error))
      }
      passed += checks.passed
      failed += checks.failed
    }
  }
  console.log(`${passed} passed, ${failed} failed`)
  return failed
}

async function testMlflow(checks: Checks, python: string): Promise<void> {
  const here = import.meta.dirname
  const scratch = mkdtempSync(path.join(tmpdir(), 'readout-clients-'))
  const [runs, work, output] = ['mlruns', 'work', 'answers.json'].map(name => path.join(scratch, name)) as [string, string, string]
  const cases = path.join(here, 'search-cases.json')
  try {
    mkdirSync(work)
    await run(python, [path.join(here, 'log_runs.py'), runs, work], work)
    await run(python, [path.join(here, 'answers.py'), runs, cases, output], work)
    const answers = JSON.parse(readFileSync(output, 'utf8')) as Answers
    const before = folderState(runs)
    const served = await serve(runs)
    try {
      const api = apiAt(served.url)
      await compareProjects(checks, api, answers)
      await compareRuns(checks, api, answers)
      await compareArtifacts(checks, api, answers)
      await compareSearch(checks, api, answers, JSON.parse(readFileSync(cases, 'utf8')) as Cases)
      await checks.group('run folder left as it was', check => check('files', differentEntries('file', before, folderState(served.folder))))
    } finally {
      await served.stop()
    }
    await testGrowth(checks, python, 'mlflow')
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
