import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import type { Health } from '#contract/source.ts'

import { Client } from './http.ts'
import { sleep } from './stats.ts'

const root = path.resolve(import.meta.dirname, '../..')
const startTimeout = 180_000
const running = new Set<ChildProcess>()
const scratch = new Set<string>()

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of scratch) rmSync(folder, { recursive: true, force: true })
})

/** An empty folder that goes with this process. */
export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'readout-bench-scratch-'))
  scratch.add(folder)
  return folder
}

export interface Delay {
  p50: number
  p99: number
  max: number
  looks: number
}

export interface BenchServer {
  url: string
  client: Client
  /** `performance.now()` when the process was started, and when it said where it is: then its import begins. */
  startedAt: number
  announcedAt: number
  /** Greatest resident set of the server's process so far, in MB; null where the system does not tell. */
  peakMegabytes: () => number | null
  /** Time that all threads of the server's process took so far; null where the system does not tell. */
  cpuSeconds: () => number | null
  /** Starts to measure the delay of the main thread's event loop; the function it gives ends that. Only with `probe`. */
  measureDelay: () => () => Promise<Delay>
  stop: () => Promise<void>
}

function announced(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => reject(new Error(`No address within ${startTimeout} ms:\n${output}`)), startTimeout)
    const listen = (chunk: Buffer) => {
      output += chunk.toString()
      const url = /Readout is at (http:\/\/\S+)/.exec(output)?.[1]
      if (!url) return
      clearTimeout(timer)
      resolve(url)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.on('exit', code => {
      clearTimeout(timer)
      reject(new Error(`The server ended with ${code}:\n${output}`))
    })
  })
}

/** Starts the server as a user does, on a free port. */
export async function startServer(home: string, paths: readonly string[] = [], { probe = false } = {}): Promise<BenchServer> {
  const startedAt = performance.now()
  const report = path.join(home, 'delay.json')
  const preload = probe ? ['--import', path.join(import.meta.dirname, 'delay-probe.mjs')] : []
  const entry = path.join(root, 'src', 'server', 'readout.mjs')
  const child = spawn(process.execPath, [...preload, entry, ...paths, '--home', home, '--no-open', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, READOUT_BENCH_PROBE: report },
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  const url = await announced(child)
  const announcedAt = performance.now()
  const client = new Client(url)
  return {
    url,
    client,
    startedAt,
    announcedAt,
    peakMegabytes: () => peakOf(child.pid),
    cpuSeconds: () => cpuOf(child.pid),
    measureDelay: () => {
      rmSync(report, { force: true })
      child.kill('SIGUSR2')
      return async () => {
        child.kill('SIGUSR2')
        for (let attempt = 0; attempt < 500; attempt += 1) {
          const text = existsSync(report) ? readFileSync(report, 'utf8') : ''
          if (text !== '') return JSON.parse(text) as Delay
          await sleep(20)
        }
        throw new Error('The server did not tell the delay of its event loop')
      }
    },
    stop: async () => {
      client.close()
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise<void>(resolve => {
        child.once('exit', () => resolve())
      })
      child.kill('SIGTERM')
      const forced = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(forced)
    },
  }
}

function peakOf(pid: number | undefined): number | null {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return null
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'))?.[1]
  return kilobytes === undefined ? null : (Number(kilobytes) * 1_024) / 1e6
}

/** Ticks of the kernel's clock in a second, as `/proc` counts them. */
const clockTicks = 100

function cpuOf(pid: number | undefined): number | null {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return null
  // The name of the program stands in brackets and may hold anything; user and system time are the 12th and 13th field after it.
  const text = readFileSync(file, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / clockTicks
}

/** Asks until nothing is being read any more; the last answer and when it came. */
export async function untilRead({ client }: BenchServer, everyMs = 20): Promise<{ health: Health; at: number }> {
  while (true) {
    const health = await client.json<Health>('/api/health')
    if (health.status !== 'reading') return { health, at: performance.now() }
    await sleep(everyMs)
  }
}
