import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import type { Health } from '#contract/source.ts'

export const root = path.resolve(import.meta.dirname, '..')
/** Forty-four runs of one project, from the demo. */
export const demo = path.join(root, 'src', 'server', 'demo', 'data', 'digits', 'mlruns')

export interface Served {
  url: string
  /** Folder that the data were copied to; the home lies beside it. */
  folder: string
  stop: () => Promise<number | null>
}

const startTimeout = 30_000

/** The line that says where the server is, or what it printed when it did not come up. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => reject(new Error(`No address within ${startTimeout} ms:\n${output}`)), startTimeout)
    const listen = (chunk: Buffer) => {
      output += chunk.toString()
      const address = /Readout is at (http:\/\/\S+)/.exec(output)?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.on('exit', code => reject(new Error(`The server ended with ${code}:\n${output}`)))
  })
}

/** Starts Readout on a copy of `data` (a folder) in a scratch folder, or on itself `inPlace`, on a port of its own; with `wait` when all is read. */
export async function serve(data: string, { wait = true, inPlace = false } = {}): Promise<Served> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'readout-e2e-'))
  const folder = inPlace ? data : path.join(scratch, path.basename(data))
  if (!inPlace) cpSync(data, folder, { recursive: true, verbatimSymlinks: true })
  const entry = path.join(root, 'src', 'server', 'readout.mjs')
  const child = spawn(process.execPath, [entry, folder, '--no-open', '--port', '0', '--home', path.join(scratch, 'home')], {
    cwd: scratch,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await addressOf(child)
  if (wait) await settled(url)
  const stop = async () => {
    const ended = new Promise<number | null>(resolve => {
      child.once('exit', code => resolve(code))
    })
    child.kill('SIGTERM')
    const code = await ended
    rmSync(scratch, { recursive: true, force: true })
    return code
  }
  return { url, folder, stop }
}

/** Waits until nothing is being read any more. */
export async function settled(url: string): Promise<Health> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const health = (await (await fetch(`${url}/api/health`)).json()) as Health
    if (health.status !== 'reading') return health
    await new Promise(resolve => {
      setTimeout(resolve, 50)
    })
  }
  throw new Error(`${url} was still reading after 30 s`)
}
