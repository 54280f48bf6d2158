import { connect } from 'node:net'

import { expect, test } from '@playwright/test'

import { type AttackCase, canary, readCorpus, readNotApplicable, secrets } from './corpus.ts'
import { fileChecks, runOf, variants } from './file-cases.ts'
import { type HttpCase, isApplicable, requestsOf, special } from './http-cases.ts'
import { pageChecks } from './page-cases.ts'
import { headerOf, type RawAnswer } from './raw-request.ts'
import { type AttackedServer, startServer } from './server.ts'
import { type AttackTree, createTree } from './tree.ts'

const corpus = readCorpus()
const cases = corpus ?? []
const http = cases.filter((attack): attack is HttpCase => attack.kind === 'http')
const files = cases.filter(attack => attack.kind === 'file')
const planted = files.flatMap(attack => {
  const check = fileChecks[attack.id]
  return check ? [{ attack, check, run: runOf(attack.id) }] : []
})
const beside = files.flatMap(attack => {
  const check = variants[attack.id]
  return check ? [{ attack, check, run: runOf(attack.id) }] : []
})
const runs = (attack: AttackCase) => (attack.kind === 'http' ? isApplicable(attack) : attack.kind === 'file' && attack.id in fileChecks)

if (!corpus) console.log('The attack corpus is skipped: it lies beside the repository, and there is none here.')
test.skip(!corpus, 'no attack corpus beside the repository')

let tree: AttackTree
let server: AttackedServer
test.beforeAll(async () => {
  test.setTimeout(120_000)
  tree = createTree()
  for (const { attack, check, run } of [...planted, ...beside]) check.plant?.(tree, run, attack)
  server = await startServer(tree.mlruns, tree.home)
})
test.afterAll(async () => {
  await server.stop()
  tree.remove()
})

async function isAlive(): Promise<void> {
  const answer = await server.get('/api/health')
  expect(answer.status, server.output()).toBe(200)
  expect(answer.ms).toBeLessThan(2_000)
}

function judge({ id, expect: wanted }: HttpCase, answer: RawAnswer, target: string): void {
  const said = `${id} ${target.slice(0, 200)}: ${answer.status} ${answer.body.slice(0, 300)}`
  expect(answer.status, said).toBeLessThan(500)
  expect(answer.ms, said).toBeLessThan(wanted.maxMs ?? 15_000)
  if (wanted.status) expect(wanted.status, said).toContain(answer.status)
  for (const text of [...secrets, ...(wanted.bodyNotContains ?? [])])
    expect(answer.body, said).not.toContain(text.replace('{{CANARY}}', canary))
  for (const [name, value] of Object.entries(wanted.headers ?? {})) expect(headerOf(answer, name), said).toBe(value)
  for (const name of [...(wanted.headersAbsent ?? []), 'access-control-allow-origin']) expect(headerOf(answer, name), said).toBeUndefined()
}

test('every case runs or stands in the list of those that have nothing to attack yet', () => {
  const waiting = Object.entries(readNotApplicable()).flatMap(([area, ids]) => ids.map(id => `${area} ${id}`))
  const missing = cases.filter(attack => !runs(attack)).map(({ area, id }) => `${area} ${id}`)
  const list = Object.entries(readNotApplicable()).map(([area, ids]) => `  ${area}: ${ids.join(' ')}`)
  console.log(`Not yet applicable: ${waiting.length} of ${cases.length}\n${list.join('\n')}`)
  expect(missing.sort()).toEqual(waiting.sort())
})

for (const attack of http.filter(attack => isApplicable(attack) && !special.includes(attack.id))) {
  test(`${attack.id} ${attack.source}`, async () => {
    const before = tree.snapshot()
    const memory = server.memory()
    for (const request of requestsOf(attack, tree, server)) judge(attack, await server.send(request), request.target)
    expect(server.memory() - memory).toBeLessThan(64_000_000)
    expect(tree.snapshot()).toEqual(before)
    await isAlive()
  })
}

test('HTTP-14 slow headers', async () => {
  const slow = Array.from({ length: 200 }, () => connect(server.port, '127.0.0.1'))
  const began = performance.now()
  const closed = Promise.all(
    slow.map(async socket => {
      socket.on('error', () => {}).on('data', () => {})
      socket.write('GET / HTTP/1.1\r\nX-A: ')
      await new Promise(resolve => socket.on('close', resolve))
    }),
  )
  const times: number[] = []
  for (let round = 0; round < 60; round += 1) {
    const answer = await server.get('/api/projects')
    expect(answer.status).toBe(200)
    times.push(answer.ms)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  expect(times.sort((a, b) => a - b)[56]).toBeLessThan(500)
  await closed
  expect(performance.now() - began).toBeLessThan(30_000)
  await isAlive()
})

for (const { attack, check, run } of planted) {
  test(`${attack.id} ${attack.source}`, async () => {
    await check.check(server, run, tree, attack)
    await isAlive()
  })
}

for (const { attack, run } of planted) {
  const check = pageChecks[attack.id]
  if (!check) continue
  test(`${attack.id} in a browser`, async ({ page }) => {
    await check(page, server, run, attack)
    await isAlive()
  })
}

for (const { attack, check, run } of beside) {
  test(`${attack.id} in an MLflow tree`, async () => {
    await check.check(server, run, tree, attack)
    await isAlive()
  })
}
