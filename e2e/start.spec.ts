import { existsSync, readdirSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'

import { expect, test } from './launch.ts'
import { root, settled } from './serve.ts'

// Starts take half a second each, but a build may come before the first.
test.setTimeout(120_000)

/** What a user types in the folder of the runs, behind `npm`. */
function start(...args: string[]): string[] {
  return ['--prefix', root, '--silent', 'start', '--', ...args, '--no-open']
}

test('npm start says where it is, once, and reads a folder named from where npm was called', async ({ launch, scratch }) => {
  const npm = launch('npm', start('mlruns', '--port', '0'))
  const url = await npm.url()
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const { sources } = await settled(url)
  expect(sources.map(source => [source.path, source.state])).toEqual([[path.join(scratch, 'mlruns'), 'ready']])
  expect(npm.text().split('Readout is at').length).toBe(2)

  npm.child.kill('SIGTERM')
  expect(await npm.ended).toEqual({ code: 0, signal: null })
  await expect.poll(npm.groupLives).toBe(false)
})

test('npm start without a path opens the demo: two trees of MLflow and a logdir of TensorBoard, and nothing is written beside them', async ({
  launch,
  scratch,
}) => {
  const demoFolder = path.join(root, 'src', 'server', 'demo', 'data')
  const npm = launch('npm', start('--port', '0'))
  const { sources } = await settled(await npm.url())
  const shown = sources.map(source => [path.relative(demoFolder, source.path), source.format, source.state, source.runs, source.issues])
  expect(shown).toEqual([
    [path.join('breast-cancer', 'mlruns'), 'mlflow', 'ready', 11, 0],
    [path.join('digits', 'mlruns'), 'mlflow', 'ready', 44, 0],
    [path.join('digits', 'tensorboard'), 'tensorboard', 'ready', 4, 0],
  ])
  expect(existsSync(path.join(scratch, 'data', 'readout', 'demo'))).toBe(true)
  expect(readdirSync(demoFolder).toSorted()).toEqual(['breast-cancer', 'digits'])
})

test('Ctrl-C, which reaches the server twice, drains it; the home opens at once again', async ({ launch }) => {
  // The first is stopped while it reads, the second when it is done.
  for (const wait of [false, true]) {
    const npm = launch('npm', start('mlruns', '--port', '0'))
    const url = await npm.url()
    if (wait) await settled(url)
    npm.signalGroup('SIGINT')
    expect(await npm.ended).toEqual({ code: 0, signal: null })
    await expect.poll(npm.groupLives).toBe(false)
    expect(npm.err()).toBe('')
  }
  const again = launch('npm', start('mlruns', '--port', '0'))
  const health = await settled(await again.url())
  expect(health.sources).toMatchObject([{ state: 'ready', issues: 0 }])
})

test('a closed terminal ends the server', async ({ launch }) => {
  const npm = launch('npm', start('mlruns', '--port', '0'))
  await npm.url()
  npm.signalGroup('SIGHUP')
  await expect.poll(npm.groupLives, { timeout: 10_000 }).toBe(false)
  const again = launch('npm', start('mlruns', '--port', '0'))
  await settled(await again.url())
})

test('the server ends when the process that npm started is killed', async ({ launch, scratch }) => {
  const outer = launch('node', [path.join(root, 'src', 'server', 'readout.mjs'), 'mlruns', '--no-open', '--port', '0'])
  await settled(await outer.url())
  outer.child.kill('SIGKILL')
  await expect.poll(outer.groupLives, { timeout: 10_000 }).toBe(false)
  const again = launch('npm', start(path.join(scratch, 'mlruns'), '--port', '0'))
  await settled(await again.url())
})

test('a taken port gives way to the next free one, and that is said', async ({ launch }) => {
  const holder = createServer()
  await new Promise<void>(resolve => {
    holder.listen(0, '127.0.0.1', resolve)
  })
  const { port } = holder.address() as AddressInfo
  try {
    const npm = launch('npm', start('mlruns', '--port', String(port)))
    const url = await npm.url()
    expect(Number(new URL(url).port)).toBeGreaterThan(port)
    expect(npm.out()).toContain(`Port ${port} is taken`)
    await settled(url)
  } finally {
    holder.close()
  }
})

test('a second server on one home ends at once and names the first', async ({ launch }) => {
  const first = launch('npm', start('mlruns', '--port', '0'))
  const url = await first.url()
  await settled(url)
  const second = launch('npm', start('mlruns', '--port', '0'))
  expect((await second.ended).code).toBe(1)
  expect(second.err().trim().split('\n')).toEqual([expect.stringContaining(url)])
  expect(second.out()).not.toContain('Readout is at')
  expect((await fetch(`${url}/api/health`)).status).toBe(200)
})

test('a path that is not there is named, the others are read', async ({ launch, scratch }) => {
  const npm = launch('npm', start('mlruns', 'mlrusn', '--port', '0'))
  const health = await settled(await npm.url())
  expect(health.sources).toContainEqual(expect.objectContaining({ path: path.join(scratch, 'mlruns'), state: 'ready' }))
  await expect.poll(npm.text).toContain(path.join(scratch, 'mlrusn'))
})

test('an option that is not there is answered in one line with the nearest', async ({ launch }) => {
  const npm = launch('npm', start('mlruns', '--prot', '1'))
  expect((await npm.ended).code).toBe(2)
  expect(npm.text()).toBe('There is no option --prot. Is it --port? See readout --help.\n')
})

test('help and version are printed alone', async ({ launch }) => {
  const help = launch('npm', start('--help'))
  expect((await help.ended).code).toBe(0)
  expect(help.text()).toMatch(/^Usage: readout /)
  const version = launch('npm', start('--version'))
  expect((await version.ended).code).toBe(0)
  expect(version.text()).toMatch(/^\d+\.\d+\.\d+\n$/)
})
