import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

// oxlint-disable-next-line no-restricted-imports -- what all folders of e2e share lies above them, and e2e has no name of its own
import { serve } from '../serve.ts'
import type { Answers } from './answers.ts'
import { apiAt } from './api.ts'
import { bits, type Checks, differentEntries } from './checks.ts'
import { compareArtifacts, folderState } from './compare-artifacts.ts'
import { compareProjects } from './compare-projects.ts'
import { compareRuns } from './compare-runs.ts'
import { run } from './environment.ts'

/** MLflow answers with the largest float64 for an infinity that it put into a database; Readout has what was logged. */
const infinities = new Map([
  [bits(Number.MAX_VALUE), bits(Infinity)],
  [bits(-Number.MAX_VALUE), bits(-Infinity)],
])

/** Logs into SQLite what `testMlflow` logs into a file store, and compares it with what MLflow says of its own database. */
export async function testMlflowDatabase(checks: Checks, python: string): Promise<void> {
  const here = import.meta.dirname
  const scratch = mkdtempSync(path.join(tmpdir(), 'readout-clients-'))
  const [data, work, output] = ['data', 'work', 'answers.json'].map(name => path.join(scratch, name)) as [string, string, string]
  const database = path.join(data, 'mlflow.db')
  try {
    for (const folder of [data, work]) mkdirSync(folder)
    // The client puts artifacts into `mlruns` of the folder that it is started in.
    await run(python, [path.join(here, 'log_runs.py'), database, work], data)
    await run(python, [path.join(here, 'answers.py'), database, path.join(here, 'search-cases.json'), output], data)
    const answers = JSON.parse(readFileSync(output, 'utf8'), (_, value: unknown) =>
      typeof value === 'string' ? (infinities.get(value) ?? value) : value,
    ) as Answers
    const before = folderState(data)
    const served = await serve(data)
    try {
      const api = apiAt(served.url)
      await compareProjects(checks, api, answers, 'mlflow-sqlite')
      await compareRuns(checks, api, answers, false)
      await compareArtifacts(checks, api, answers)
      await checks.group('database left as it was', check => check('files', differentEntries('file', before, folderState(served.folder))))
    } finally {
      await served.stop()
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
