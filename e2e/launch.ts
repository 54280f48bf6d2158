import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { test as base } from '@playwright/test'

import { demo } from './serve.ts'

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A program in a process group of its own, as one that was typed into a terminal. */
export interface Launched {
  child: ChildProcess
  /** Everything printed so far, and the two halves of it. */
  text: () => string
  out: () => string
  err: () => string
  /** Address of the server; fails with what was printed when the program ends or prints none within the milliseconds given, a minute if none are. */
  url: (within?: number) => Promise<string>
  ended: Promise<Ended>
  /** Sends a signal to the whole group, as a terminal does. */
  signalGroup: (signal: NodeJS.Signals) => void
  /** True while any process of the group lives. */
  groupLives: () => boolean
}

/** The environment of a user's shell: nothing of the npm script and of the packages that this test runs in. */
export function userEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(?:npm_(?:lifecycle|package|command|config_(?:local_prefix|global_prefix|prefix))|INIT_CWD$|NODE_ENV$|READOUT_|VITEST|TEST)/i
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name))
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(folder => !folder.includes('node_modules'))
  return { ...Object.fromEntries(kept), PATH: folders.join(path.delimiter) }
}

function launch(command: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Launched {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} could not be started`)
  let out = ''
  let err = ''
  const ended = new Promise<Ended>(resolve => {
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  const text = () => out + err
  const url = (within = 60_000) =>
    new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No address within ${within} ms:\n${text()}`)), within)
      const look = () => {
        const address = /^Readout is at (http:\/\/\S+)$/m.exec(out)?.[1]
        if (!address) return
        clearTimeout(timer)
        resolve(address)
      }
      look()
      child.stdout.on('data', look)
      void ended.then(({ code, signal }) => reject(new Error(`It ended with ${code ?? signal}:\n${text()}`)))
    })
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const groupLives = () => {
    try {
      return process.kill(-pid, 0)
    } catch {
      return false
    }
  }
  return { child, text, out: () => out, err: () => err, url, ended, groupLives, signalGroup: signal => process.kill(-pid, signal) }
}

type Launch = (command: string, args: readonly string[], options?: { cwd?: string; env?: NodeJS.ProcessEnv }) => Launched

/** `scratch` is a folder with a copy of the demo in `mlruns`; `launch` starts a program in it, and ends it after the test. */
export const test = base.extend<{ scratch: string; launch: Launch }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures it needs from this pattern
  scratch: async ({}, use) => {
    const scratch = mkdtempSync(path.join(os.tmpdir(), 'readout-start-'))
    cpSync(demo, path.join(scratch, 'mlruns'), { recursive: true })
    await use(scratch)
    rmSync(scratch, { recursive: true, force: true })
  },
  launch: async ({ scratch }, use) => {
    const started: Launched[] = []
    await use((command, args, { cwd = scratch, env = {} } = {}) => {
      const data = { XDG_DATA_HOME: path.join(scratch, 'data') }
      const launched = launch(command, args, { cwd, env: { ...userEnvironment(), ...data, ...env } })
      started.push(launched)
      return launched
    })
    for (const launched of started) {
      if (launched.groupLives()) launched.signalGroup('SIGKILL')
      await launched.ended
    }
  },
})

export { expect } from '@playwright/test'
