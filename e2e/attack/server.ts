import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import type { Health } from '#contract/source.ts'

import { type RawAnswer, type RawRequest, sendRaw } from './raw-request.ts'

const root = path.resolve(import.meta.dirname, '../..')

export interface AttackedServer {
  url: string
  port: number
  /** A GET as a Python client sends it. */
  get(target: string, headers?: Record<string, string>): Promise<RawAnswer>
  send(request: RawRequest): Promise<RawAnswer>
  json<T>(target: string, body?: unknown): Promise<T>
  /** Resident memory of the server's processes in bytes; 0 where /proc is missing. */
  memory(): number
  output(): string
  stop(): Promise<void>
}

/** Starts the real server on a folder and waits until all of it is read. */
export async function startServer(folder: string, home: string): Promise<AttackedServer> {
  const entry = path.join(root, 'src', 'server', 'readout.mjs')
  const child = spawn(process.execPath, [entry, folder, '--no-open', '--port', '0', '--home', home], { stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  const url = await addressOf(child, lines)
  const port = Number(new URL(url).port)
  const send = (request: RawRequest) => sendRaw(port, request)
  const server: AttackedServer = {
    url,
    port,
    send,
    get: (target, headers = {}) => send({ method: 'GET', target, headers: { Host: `127.0.0.1:${port}`, ...headers } }),
    json: async <T>(target: string, body?: unknown) => {
      const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      const answer = await fetch(`${url}${target}`, body === undefined ? {} : post)
      if (!answer.ok) throw new Error(`${target}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as T
    },
    memory: () => residentBytes(child.pid ?? 0),
    output: () => lines.join(''),
    stop: async () => {
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
  await readToTheEnd(server)
  return server
}

function addressOf(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The server did not come up:\n${lines.join('')}`)), 50_000)
    const listen = (chunk: Buffer) => {
      lines.push(chunk.toString())
      const address = /Readout is at (http:\/\/127\.0\.0\.1:\d+)/.exec(lines.join(''))?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.on('exit', code => reject(new Error(`The server ended with ${code}:\n${lines.join('')}`)))
  })
}

async function readToTheEnd(server: AttackedServer): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if ((await server.json<Health>('/api/health')).status !== 'reading') return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`The server was still reading after 20 s:\n${server.output()}`)
}

function residentBytes(pid: number): number {
  try {
    const own = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024
    const children = readdirSync(`/proc/${pid}/task`).flatMap(task => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '))
    return children.filter(Boolean).reduce((sum, child) => sum + residentBytes(Number(child)), own)
  } catch {
    return 0
  }
}
