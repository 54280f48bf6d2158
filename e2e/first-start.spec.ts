import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from './launch.ts'
import { root, settled } from './serve.ts'

test.setTimeout(600_000)

/** What a clone would hold if everything here were committed. */
function copyCheckout(to: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  for (const file of listed.split('\0')) {
    if (file && existsSync(path.join(root, file))) cpSync(path.join(root, file), path.join(to, file), { verbatimSymlinks: true })
  }
}

test('a fresh clone installs, builds and serves by npm start alone; after that it builds only what changed', async ({
  launch,
  scratch,
}) => {
  const clone = path.join(scratch, 'clone')
  copyCheckout(clone)
  const start = async () => {
    const npm = launch('npm', ['--prefix', clone, '--silent', 'start', '--', 'mlruns', '--no-open', '--port', '0'])
    const url = await npm.url(500_000)
    expect(await settled(url)).toMatchObject({ sources: [{ state: 'ready' }] })
    expect((await fetch(url, { headers: { accept: 'text/html' } })).status).toBe(200)
    npm.child.kill('SIGTERM')
    expect(await npm.ended).toEqual({ code: 0, signal: null })
    return npm.err()
  }
  expect(await start()).toBe('Installing what is missing…\nBuilding…\n')
  expect(await start()).toBe('')
  appendFileSync(path.join(clone, 'src', 'ui', 'tokens.css'), '\n')
  expect(await start()).toBe('Building…\n')
  appendFileSync(path.join(clone, 'src', 'server', 'cli.ts'), '\n')
  expect(await start()).toBe('')
})
