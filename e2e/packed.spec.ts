import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from './launch.ts'
import { root, settled } from './serve.ts'

test.setTimeout(600_000)

interface Packed {
  filename: string
  files: { path: string }[]
}

test('the package installs into an empty folder and serves runs from there', async ({ launch, scratch }) => {
  const pack = launch('npm', ['pack', '--json', '--silent', '--pack-destination', scratch], { cwd: root })
  expect(await pack.ended, pack.text()).toEqual({ code: 0, signal: null })
  const [packed] = JSON.parse(pack.out()) as Packed[]
  const files = packed?.files.map(file => file.path) ?? []
  expect(files).toEqual(expect.arrayContaining(['LICENSE', 'dist/client/index.html', 'dist/server/cli.js', 'dist/server/thread.js']))
  const demoFiles = readdirSync(path.join(root, 'src', 'server', 'demo', 'data'), { recursive: true, withFileTypes: true })
  expect(files.filter(file => file.startsWith('src/server/demo/data/'))).toHaveLength(demoFiles.filter(entry => entry.isFile()).length)
  expect(files.filter(file => /\.(?:tsx?|map)$|(?:^|\/)(?:\.vite|\.stamp|\.readout)(?:\/|$)/.test(file))).toEqual([])

  const empty = path.join(scratch, 'empty')
  mkdirSync(empty)
  const tarball = path.join(scratch, packed?.filename ?? '')
  const install = launch('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', tarball], { cwd: empty })
  expect(await install.ended, install.text()).toEqual({ code: 0, signal: null })

  const readout = path.join(empty, 'node_modules', '.bin', 'readout')
  const server = launch(readout, ['../mlruns', '--no-open', '--port', '0'], { cwd: empty })
  const url = await server.url()
  const health = await settled(url)
  expect(health).toMatchObject({ status: 'ok', sources: [{ path: path.join(scratch, 'mlruns'), state: 'ready', issues: 0 }] })
  const page = await fetch(url, { headers: { accept: 'text/html' } })
  expect(page.status).toBe(200)
  const script = /<script type="module"[^>]* src="([^"]+)"/.exec(await page.text())?.[1]
  const code = await fetch(new URL(script ?? '/no-script', url))
  expect([code.status, code.headers.get('content-type')]).toEqual([200, expect.stringContaining('javascript')])

  server.child.kill('SIGTERM')
  expect(await server.ended).toEqual({ code: 0, signal: null })
  await expect.poll(server.groupLives).toBe(false)
  expect(server.err()).toBe('')

  const forget = launch(readout, ['forget', '../mlruns'], { cwd: empty })
  expect(await forget.ended, forget.text()).toEqual({ code: 0, signal: null })
  expect(forget.out()).toContain(`Forgot ${path.join(scratch, 'mlruns')}`)
})
