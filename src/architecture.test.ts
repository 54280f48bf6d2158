import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from 'vitest'

const root = import.meta.dirname
/** Both sides may import these, each only the ones before it. */
const sharedOrder = ['contract', 'lib', 'maths']
/** A client layer may import the shared ones and the layers named before it. */
const clientOrder = ['data', 'ui', 'charts', 'domain', 'widgets', 'features', 'app']
/** A server folder may import the shared layers and the folders named beside it. */
const serverUses: Record<string, string[]> = {
  readers: [],
  store: [],
  reports: ['store'],
  queries: ['store'],
  ingest: ['readers', 'store'],
  gateways: ['queries', 'ingest', 'store'],
  api: ['readers', 'store', 'reports', 'queries', 'ingest', 'gateways'],
}
/** Take props and never fetch. */
const withoutData = ['ui', 'charts']
/** The only packages that contract may import. */
const contractPackages = ['zod/mini']

interface Edge {
  from: string
  to: string
}

function sourceFiles(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ts|tsx|mts|mjs)$/.test(name) && !/\.(test|test-d|bench)\.tsx?$/.test(name) && !name.includes('/fixtures/'))
    .map(name => name.split(path.sep).join('/'))
}

function specifiers(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g)].map(match => match[1] ?? '')
}

const files = sourceFiles()
const edges: Edge[] = files.flatMap(file =>
  specifiers(file)
    .filter(name => name.startsWith('#') || name.startsWith('.'))
    .map(name => ({ from: file, to: name.startsWith('#') ? name.slice(1) : path.posix.join(path.posix.dirname(file), name) })),
)

function allowed(from: string[], to: string[]): boolean {
  const [fromTop = '', fromSub = ''] = from
  const [toTop = '', toSub = ''] = to
  if (sharedOrder.includes(fromTop)) return sharedOrder.indexOf(toTop) >= 0 && sharedOrder.indexOf(toTop) <= sharedOrder.indexOf(fromTop)
  if (fromTop === 'server') {
    if (sharedOrder.includes(toTop)) return true
    if (toTop !== 'server') return false
    if (from.length === 2) return true // entry files: readout.mjs, cli.ts, setup.mjs
    return toSub === fromSub || (serverUses[fromSub]?.includes(toSub) ?? false)
  }
  const position = clientOrder.indexOf(fromTop)
  if (position < 0) return false
  if (sharedOrder.includes(toTop)) return true
  const target = clientOrder.indexOf(toTop)
  if (target < 0 || target > position) return false
  if (withoutData.includes(fromTop) && toTop === 'data') return false
  return fromTop !== 'features' || toTop !== 'features' || fromSub === toSub
}

test('every import goes along the order of layers', () => {
  const faults = edges.filter(edge => !allowed(edge.from.split('/'), edge.to.split('/'))).map(edge => `${edge.from} imports ${edge.to}`)
  expect(faults).toEqual([])
  expect(edges.length).toBeGreaterThan(10)
})

test('every folder is a known layer', () => {
  const known = new Set([...sharedOrder, ...clientOrder, ...Object.keys(serverUses).map(name => `server/${name}`), 'server'])
  const unknown = files.filter(file => {
    const parts = file.split('/')
    if (parts.length === 1) return false
    return !known.has(parts[0] === 'server' && parts.length > 2 ? `server/${parts[1]}` : (parts[0] ?? ''))
  })
  expect(unknown).toEqual([])
})

test('contract imports zod and nothing else', () => {
  const packages = files
    .filter(file => file.startsWith('contract/'))
    .flatMap(specifiers)
    .filter(name => !name.startsWith('#') && !name.startsWith('.'))
  expect([...new Set(packages)].filter(name => !contractPackages.includes(name))).toEqual([])
})

test('imports across layers are spelled #layer/file.ts', () => {
  expect(
    files.flatMap(file =>
      specifiers(file)
        .filter(name => name.startsWith('../'))
        .map(name => `${file}: ${name}`),
    ),
  ).toEqual([])
})

test('no file is longer than 400 lines', () => {
  const long = files.filter(file => readFileSync(path.join(root, file), 'utf8').split('\n').length > 401)
  expect(long).toEqual([])
  expect(files.length).toBeGreaterThan(10)
})
