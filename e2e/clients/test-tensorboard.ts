import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

// oxlint-disable-next-line no-restricted-imports -- what all folders of e2e share lies above them, and e2e has no name of its own
import { root, serve } from '../serve.ts'
import { apiAt } from './api.ts'
import { type Checks, different, differentEntries } from './checks.ts'
import { folderState } from './compare-artifacts.ts'
import { compareEvents } from './compare-events.ts'
import { run } from './environment.ts'
import type { EventAnswers } from './event-answers.ts'
import { testGrowth } from './test-growth.ts'

const fixtures = path.resolve(root, '..', 'shared', 'fixtures')

/** Holds Readout against TensorBoard's loader: on a logdir that tensorboardX has just written, and on the shared fixtures where they are. */
export async function testTensorboard(checks: Checks, python: string): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'readout-events-'))
  const here = import.meta.dirname
  try {
    const logdir = path.join(scratch, 'project', 'runs')
    await run(python, [path.join(here, 'log_events.py'), logdir], scratch)
    await compareFolder(checks, python, scratch, logdir, 'a fresh log', 0)
    await testGrowth(checks, python, 'tensorboardx')
    // One file of them ends in 20 bytes that are no record, which TensorBoard passes over without a word.
    if (existsSync(fixtures)) await compareFolder(checks, python, scratch, fixtures, 'fixtures', 1)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function compareFolder(checks: Checks, python: string, scratch: string, folder: string, what: string, issues: number): Promise<void> {
  const output = path.join(scratch, 'event-answers.json')
  await run(python, [path.join(import.meta.dirname, 'event_answers.py'), folder, output], scratch)
  const answers = JSON.parse(readFileSync(output, 'utf8')) as EventAnswers
  const fresh = folder.startsWith(scratch)
  const before = fresh ? folderState(folder) : {}
  const served = await serve(folder, { inPlace: true })
  try {
    const api = apiAt(served.url)
    await compareEvents(checks, api, answers, what, issues)
    if (!fresh) return
    await checks.group(`${what}: what only Readout says`, async check => {
      const [project] = await api.ask('projects', {})
      check('project', different('name', 'project/runs', project?.name))
      const tuned = await api.ask('run', { run: 'tuned' })
      const folders = Object.keys(answers).filter(name => path.basename(path.dirname(name)) === 'tuned')
      check(
        'children',
        different('children', folders.map(name => path.relative(folder, name)).sort(), tuned.children.map(child => child.name).sort()),
      )
      check('files', differentEntries('file', before, folderState(folder)))
    })
  } finally {
    await served.stop()
  }
}
