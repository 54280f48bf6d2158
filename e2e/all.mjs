// npm test: brings what is missing, then runs every check and says how it ended. `--only a,b` runs some, `--list` names them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { buildWhenChanged, continueUnder, installMissing, packageRoot, suitableNode } from '../src/server/setup.mjs'

const say = line => process.stdout.write(`${line}\n`)
const bin = name => path.join(packageRoot, 'node_modules', '.bin', name)

/** Name, what is run, and whether its runner writes counts of tests to the file that `report` names. */
function steps(report) {
  return [
    { name: 'format', command: [bin('oxfmt'), '--check', '.'] },
    { name: 'lint', command: [bin('oxlint'), '--type-aware'] },
    { name: 'types', command: [bin('tsc'), '--noEmit'] },
    {
      name: 'type-tests',
      command: [bin('vitest'), 'run', '--typecheck.only', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      counts: 'vitest',
    },
    { name: 'dead', command: [bin('knip'), '--treat-config-hints-as-errors'] },
    {
      name: 'unit',
      command: [bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      counts: 'vitest',
    },
    { name: 'size', command: [process.execPath, path.join('e2e', 'bundle-budget.mjs')] },
    { name: 'packed', command: [process.execPath, path.join('e2e', 'start', 'packed.mjs')] },
    { name: 'e2e', command: [bin('playwright'), 'test', '-c', path.join('e2e', 'playwright.config.ts')], counts: 'playwright' },
  ]
}

/** Passed and failed tests of a report; a step without one is itself one test. */
function count(step, report, status) {
  if (!step.counts || !existsSync(report)) return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  const result = JSON.parse(readFileSync(report, 'utf8'))
  const found =
    step.counts === 'vitest'
      ? { passed: result.numPassedTests, failed: result.numFailedTests }
      : { passed: result.stats.expected, failed: result.stats.unexpected + result.stats.flaky }
  return status !== 0 && found.failed === 0 ? { ...found, failed: 1 } : found
}

function run(step, report, environment) {
  rmSync(report, { force: true })
  const started = performance.now()
  say(`\n── ${step.name}`)
  const [command, ...args] = step.command
  const { status } = spawnSync(command, args, {
    cwd: packageRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...environment, READOUT_REPORT: report },
  })
  const result = count(step, report, status)
  const nothing = step.counts !== undefined && result.passed + result.failed === 0
  say(`── ${step.name}: ${status === 0 && !nothing ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1_000).toFixed(1)} s`)
  return nothing ? { passed: 0, failed: 1 } : result
}

async function main() {
  const listed = process.argv.includes('--list')
  await installMissing(say)
  const node = suitableNode()
  if (node !== process.execPath) {
    await continueUnder(node, import.meta.filename)
    return
  }
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'readout-test-'))
  const report = path.join(scratch, 'report.json')
  const all = steps(report)
  const only = process.argv[process.argv.indexOf('--only') + 1]?.split(',')
  const chosen = process.argv.includes('--only') ? all.filter(step => only?.includes(step.name)) : all
  if (listed) {
    say(all.map(step => step.name).join('\n'))
    return
  }
  if (chosen.length === 0) throw new Error(`No such step. There are: ${all.map(step => step.name).join(', ')}`)
  // Children find the pinned Node first.
  const environment = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` }
  if (chosen.some(step => ['size', 'packed', 'e2e'].includes(step.name))) {
    const { findChromium } = await import('./chromium.mjs')
    environment.READOUT_CHROMIUM = await findChromium(packageRoot, say)
    await buildWhenChanged(node, say)
  }
  const total = { passed: 0, failed: 0 }
  const failed = []
  for (const step of chosen) {
    const result = run(step, report, environment)
    total.passed += result.passed
    total.failed += result.failed
    if (result.failed > 0) failed.push(step.name)
  }
  rmSync(scratch, { recursive: true, force: true })
  say(failed.length > 0 ? `\nFailed: ${failed.join(', ')}` : '\nEverything passed.')
  say(`${total.passed} passed, ${total.failed} failed`)
  process.exitCode = failed.length > 0 ? 1 : 0
}

await main()
