import path from 'node:path'

import { operations } from '#contract/operations.ts'

import { type AttackCase, canary, type CaseRequest } from './corpus.ts'
import type { RawRequest } from './raw-request.ts'
import type { AttackedServer } from './server.ts'
import { type AttackTree, experiment, victim } from './tree.ts'

export type HttpCase = Extract<AttackCase, { kind: 'http' }>

const reading = `/api/artifact?run=${victim}&path=`
const post = (body: unknown): Partial<CaseRequest> => ({ method: 'POST', target: '/api/runs', body })
const filtered = (filter: string) => post({ project: experiment, filter })
const spaces = Buffer.alloc(1_048_576, ' ')

/** What each case means here, where it was written against a route of MLflow or one that has another name with us. */
const equivalents: Record<string, (request: CaseRequest) => Partial<CaseRequest>[]> = {
  'HTTP-01': () => [post('{}')],
  'HTTP-02': () => [{ ...post(undefined), headers: { 'content-type': 'application/json', 'content-length': String(2 ** 30) } }],
  'HTTP-03': () => [post(undefined)],
  'HTTP-15': () => [post(undefined)],
  'HTTP-19': ({ body }) => [post(body)],
  'HTTP-23': () => [{ target: `/api/artifacts?run=${victim}&path=..` }],
  'LEAK-01': () => [{ target: '/api/run?run=does-not-exist' }],
  'LEAK-02': () => [post('not json')],
  'ORG-05': () => [{ target: '/api/runs' }],
  'ORG-06': ({ body }) => [post(body)],
  'ORG-07': ({ body }) => [post(body)],
  'ORG-09': ({ body }) => [post(body)],
  'ORG-10': ({ body }) => [post(body)],
  'ORG-13': ({ body }) => [post(body)],
  'PT-30': request => [request, { target: `${reading}..%2F..%2F..%2F{{canaryRel}}` }],
  'SQL-01': ({ body }) => [filtered((body as { filter: string }).filter)],
  'SQL-02': ({ body }) => [filtered((body as { filter: string }).filter)],
  'SQL-03': ({ body }) => [post({ project: experiment, sort: (body as { order_by: string[] }).order_by })],
  'SQL-05': () => [filtered(`params.x like '${'%a'.repeat(2_000)}'`), filtered(`params.lr matches '${'(0*)*'.repeat(20)}$'`)],
  'SQL-06': () => [post({ project: experiment, limit: 2_147_483_648 })],
  'SQL-17': ({ body }) => [filtered((body as { query: string }).query)],
}

/** Bodies that are too large for the corpus, or that come too slowly. */
const bodies: Record<string, () => Iterable<Uint8Array>> = {
  'HTTP-02': function* gibibyte() {
    for (let sent = 0; sent < 1_024; sent += 1) yield spaces
  },
  'HTTP-03': function* chunked() {
    for (let sent = 0; sent < 64; sent += 1) yield Buffer.concat([Buffer.from('100000\r\n'), spaces, Buffer.from('\r\n')])
  },
  'HTTP-15': () => [Buffer.from('0123456789')],
}

/** Cases with a procedure of their own, in the spec. */
export const special = ['HTTP-14']

const served = new Set<string>(Object.values(operations).map(operation => operation.path))

/** The requests of a case, none where what it attacks does not exist here. */
export function requestsOf(attack: HttpCase, tree: AttackTree, server: AttackedServer): RawRequest[] {
  return variants(attack).map(request => toRaw(attack.id, { ...attack.request, ...request }, tree, server))
}

export function isApplicable(attack: HttpCase): boolean {
  return special.includes(attack.id) || variants(attack).length > 0
}

function variants({ id, area, request }: HttpCase): Partial<CaseRequest>[] {
  if (request.mode !== 'loopback') return []
  const equivalent = equivalents[id]
  if (equivalent) return equivalent(request)
  const { target } = request
  if (target.startsWith('{{artifact}}/')) {
    const rest = target.slice('{{artifact}}/'.length)
    const asQuery = { target: reading + rest }
    return area === 'path-traversal' ? [{ target: `/api/artifact/${rest}` }, asQuery] : [asQuery]
  }
  if (target.includes('/api/2.0/mlflow/experiments/search')) return [request, { target: target.replace(/\/api\/.*/, '/api/projects') }]
  const pathname = target.split('?')[0] ?? ''
  return served.has(pathname) || !/^(\/api\/|\{\{)/.test(target) ? [request] : []
}

function toRaw(id: string, request: CaseRequest, tree: AttackTree, server: AttackedServer): RawRequest {
  const fill = (text: string) => fillNames(text, tree, server)
  const headers: RawRequest['headers'] = { host: `127.0.0.1:${server.port}` }
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name] = fillHeader(value, fill)
  const text = request.body === undefined ? '' : fill(typeof request.body === 'string' ? request.body : JSON.stringify(request.body))
  const body = bodies[id]?.() ?? (text === '' ? [] : [Buffer.from(text)])
  if (text !== '' && headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) {
    headers['content-length'] = String(Buffer.byteLength(text))
  }
  return { method: request.method, target: fill(request.target), headers, body }
}

/** `{"$gen": "b x 70000"}` is a sign and how often it is repeated. */
function fillHeader(value: string | string[] | { $gen?: string }, fill: (text: string) => string): string | string[] {
  if (typeof value === 'string') return fill(value)
  if (Array.isArray(value)) return value.map(fill)
  const [sign = '', times = '0'] = (value.$gen ?? '').split(' x ')
  return sign.repeat(Number(times))
}

function fillNames(text: string, tree: AttackTree, server: AttackedServer): string {
  const names: Record<string, string> = {
    CANARY: canary,
    allowedHost: `127.0.0.1:${server.port}`,
    cacheDir: 'cache',
    canaryAbs: path.join(tree.outside, 'canary.txt'),
    canaryHtml: 'outside/canary.html',
    canaryRel: 'outside/canary.txt',
    dbFile: 'home/readout.db',
    host: `127.0.0.1:${server.port}`,
    port: String(server.port),
    root: path.resolve(import.meta.dirname, '../..'),
    rootBase: 'artifacts',
    run: victim,
    runsDir: 'mlruns',
  }
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = names[name]
    if (value === undefined) throw new Error(`The corpus uses a name that the harness does not know: ${name}`)
    return value
  })
}
