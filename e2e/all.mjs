// npm test: brings what is missing, then runs every check and says how it ended. `--only a,b` runs some, `--list` names them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { buildWhenChanged, continueUnder, installMissing, packageRoot, SetupError, suitableNode } from '../src/server/setup.mjs'

const say = line => process.stdout.write(`${line}\n`)

const vitest = (...options) => ['vitest', 'run', ...options, '--reporter=default', '--reporter=json', '--outputFile.json=$REPORT']
const playwright = project => ['playwright', 'test', '-c', 'e2e/playwright.config.ts', '--project', project]

/** What is run, `$REPORT` standing for the file that `counts` reads, and what has to be there before. */
const steps = [
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'type-tests', command: vitest('--typecheck.only'), counts: countVitest },
  { name: 'dead', command: ['knip', '--treat-config-hints-as-errors'] },
  { name: 'unit', command: vitest(), counts: countVitest },
  { name: 'size', command: ['node', 'e2e/bundle-budget.mjs'], needsBuild: true },
  { name: 'packed', command: playwright('packed'), counts: countPlaywright },
  { name: 'e2e', command: playwright('app'), counts: countPlaywright, needsBuild: true, needsChromium: true },
]

function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

function countPlaywright({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

/** Tests that a step ran. One that failed without a failing test, or ran none at all, counts as one that failed. */
function countOf(step, report, succeeded) {
  const counted = step.counts && existsSync(report) ? step.counts(JSON.parse(readFileSync(report, 'utf8'))) : null
  const count = counted ?? { passed: 0, failed: 0, skipped: 0 }
  const ranNone = step.counts !== undefined && count.passed + count.failed === 0
  return count.failed === 0 && (!succeeded || ranNone) ? { ...count, failed: 1 } : count
}

function run(step, report, environment) {
  rmSync(report, { force: true })
  say(`\n── ${step.name}`)
  const started = performance.now()
  const [command, ...args] = step.command.map(word => word.replace('$REPORT', report))
  const { status, error } = spawnSync(command, args, {
    cwd: packageRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...environment, READOUT_REPORT: report },
    shell: process.platform === 'win32',
  })
  if (error) say(error.message)
  const count = countOf(step, report, status === 0)
  say(`── ${step.name} ${count.failed === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1_000).toFixed(1)} s`)
  return count
}

/** The steps asked for. Throws for a name that none has, since a typing error must not pass for a success. */
function chosenSteps(argv) {
  const at = argv.indexOf('--only')
  if (at < 0) return steps
  const names = (argv[at + 1] ?? '').split(',')
  for (const name of names) {
    if (!steps.some(step => step.name === name)) {
      throw new SetupError(`There is no step ${name || 'without a name'}. There are: ${steps.map(step => step.name).join(', ')}`)
    }
  }
  return steps.filter(step => names.includes(step.name))
}

async function main(argv) {
  if (argv.includes('--list')) {
    for (const { name, command } of steps) say(`${name.padEnd(12)}${command.join(' ')}`)
    return
  }
  const chosen = chosenSteps(argv)
  await installMissing(say)
  const node = suitableNode()
  if (node !== process.execPath) {
    await continueUnder(node, fileURLToPath(import.meta.url))
    return
  }
  const folders = [path.join(packageRoot, 'node_modules', '.bin'), path.dirname(node), process.env.PATH]
  const environment = { ...process.env, PATH: folders.join(path.delimiter) }
  if (chosen.some(step => step.needsChromium)) {
    const { findChromium } = await import('./chromium.mjs')
    environment.READOUT_CHROMIUM = await findChromium(packageRoot, say)
  }
  if (chosen.some(step => step.needsBuild)) await buildWhenChanged(node, say)

  const scratch = mkdtempSync(path.join(os.tmpdir(), 'readout-test-'))
  const total = { passed: 0, failed: 0, skipped: 0 }
  const failed = []
  for (const step of chosen) {
    const count = run(step, path.join(scratch, 'report.json'), environment)
    for (const key of Object.keys(total)) total[key] += count[key]
    if (count.failed > 0) failed.push(step.name)
  }
  rmSync(scratch, { recursive: true, force: true })
  if (failed.length > 0) say(`\nFailed: ${failed.join(', ')}`)
  say(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
  process.exitCode = failed.length > 0 ? 1 : 0
}

main(process.argv.slice(2)).catch(error => {
  say(error instanceof SetupError ? error.message : error.stack)
  process.exit(1)
})
