import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'

import { expect } from '@playwright/test'

import type { ArtifactFolder } from '#contract/artifact.ts'
import type { RunDetail } from '#contract/run.ts'
import type { RunsPage } from '#contract/runs-page.ts'
import type { SourceEntry } from '#contract/source.ts'

import { type AttackCase, canary, secrets } from './corpus.ts'
import { headerOf } from './raw-request.ts'
import type { AttackedServer } from './server.ts'
import { type AttackTree, experiment, metaYaml, write } from './tree.ts'

export type FileCase = Extract<AttackCase, { kind: 'file' }>

interface FileCheck {
  /** Lays the hostile file into a run of its own before the server starts. */
  plant?: (tree: AttackTree, run: string, attack: FileCase) => void
  check: (server: AttackedServer, run: string, tree: AttackTree, attack: FileCase) => Promise<void>
}

/** The run that a case is planted in: its id padded to 32 hexadecimal digits. */
export function runOf(id: string): string {
  return Buffer.from(id).toString('hex').padEnd(32, '0').slice(0, 32)
}

const artifactTarget = (run: string, name: string) => `/api/artifact?run=${run}&path=${encodeURIComponent(name)}`
const list = (server: AttackedServer, run: string, folder = '') =>
  server.json<ArtifactFolder>(`/api/artifacts?run=${run}&path=${encodeURIComponent(folder)}`)
const detail = (server: AttackedServer, run: string) => server.json<RunDetail>(`/api/run?run=${run}`)
const others = (server: AttackedServer) => server.json<RunsPage>('/api/runs', { project: experiment, limit: 500 })

async function issueAbout(server: AttackedServer, part: string): Promise<string> {
  const sources = await server.json<SourceEntry[]>('/api/sources')
  return sources.flatMap(source => source.issueList).find(issue => issue.path.includes(part))?.reason ?? ''
}

/** A file as an artifact: what it is served as, and that its text comes back unchanged. */
function served(type: string, disposition: RegExp, policy = /sandbox/): FileCheck {
  return {
    plant: (tree, run, { content }) => void tree.addRun(run, { [`artifacts/${content.path}`]: content.text ?? '' }),
    check: async (server, run, _tree, { content }) => {
      for (const headers of [{}, { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Dest': 'iframe' }]) {
        const answer = await server.get(artifactTarget(run, content.path), headers)
        expect([answer.status, headerOf(answer, 'content-type'), headerOf(answer, 'x-content-type-options')]).toEqual([
          200,
          type,
          'nosniff',
        ])
        expect(headerOf(answer, 'content-disposition')).toMatch(disposition)
        expect(headerOf(answer, 'content-security-policy')).toMatch(policy)
        expect(headerOf(answer, 'content-security-policy')).not.toMatch(/allow-same-origin|allow-top-navigation|allow-popups/)
        expect(answer.body).toBe(content.text)
      }
    },
  }
}

const sandboxed = (type: string) => served(type, /^(attachment|inline);/, /sandbox.*default-src 'none'/)
const text = () => served('text/plain; charset=utf-8', /^inline;/)

/** Files that are saved and never opened by us. */
const saved = (bytes: () => Uint8Array): FileCheck => ({
  plant: (tree, run, { content }) => void tree.addRun(run, { [content.path]: bytes() }),
  check: async (server, run, _tree, { content }) => {
    const name = path.posix.basename(content.path)
    const answer = await server.get(artifactTarget(run, name))
    expect([answer.status, headerOf(answer, 'content-type')]).toEqual([200, 'application/octet-stream'])
    expect(headerOf(answer, 'content-disposition')).toMatch(/^attachment;/)
    expect(headerOf(answer, 'content-length')).toBe(String(bytes().length))
    expect((await list(server, run)).entries).toMatchObject([{ name, preview: 'none', size: bytes().length }])
  },
})

async function refused(server: AttackedServer, run: string, name: string): Promise<void> {
  const answer = await server.get(artifactTarget(run, name))
  expect([403, 404], name).toContain(answer.status)
  for (const secret of secrets) expect(answer.body).not.toContain(secret)
}

export const fileChecks: Record<string, FileCheck> = {
  'XSS-01': sandboxed('text/html; charset=utf-8'),
  'XSS-02': sandboxed('image/svg+xml'),
  'XSS-03': sandboxed('application/xhtml+xml'),
  'XSS-05': text(),
  'XSS-06': served('image/png', /^inline;/),
  'XSS-07': sandboxed('text/html; charset=utf-8'),
  'XSS-09': text(),
  'XSS-10': sandboxed('text/html; charset=utf-8'),
  'XSS-11': text(),
  'XSS-13': {
    check: async server => {
      for (const target of [
        '/api/artifact?run=%3Cscript%3E&path=%3Cscript%3E',
        '/api/%3Cscript%3E',
        '/%3Cscript%3E.html',
        '/api/keys?%3Cscript%3E=1',
      ]) {
        const answer = await server.get(target, { Accept: 'text/html' })
        expect([answer.status >= 400 && answer.status < 500, headerOf(answer, 'content-type')]).toEqual([true, 'application/json'])
        expect(answer.body).not.toContain('<script>')
      }
    },
  },
  'XSS-16': {
    plant: (tree, run, { content }) =>
      void tree.addRun(run, { [`artifacts/${content.path}`]: 'x', 'artifacts/a"; filename="evil.html': 'x' }),
    check: async (server, run, _tree, { content }) => {
      const answer = await server.get(artifactTarget(run, content.path))
      expect([answer.status, headerOf(answer, 'x-injected')]).toEqual([400, undefined])
      const quoted = await server.get(artifactTarget(run, 'a"; filename="evil.html'))
      expect(headerOf(quoted, 'content-disposition')).toBe(
        `attachment; filename="a__ filename=_evil.html"; filename*=UTF-8''a%22%3B%20filename%3D%22evil.html`,
      )
    },
  },
  'XSS-18': sandboxed('application/json'),
  'XSS-19': text(),
  'XSS-20': text(),
  'FILE-01': {
    plant(tree, run) {
      const artifacts = path.join(tree.addRun(run, { 'artifacts/real.txt': 'real' }), 'artifacts')
      symlinkSync(tree.outside, path.join(artifacts, 'leak'))
      symlinkSync('real.txt', path.join(artifacts, 'inner.txt'))
    },
    async check(server, run) {
      await refused(server, run, 'leak/canary.txt')
      expect((await server.get(`/api/artifacts?run=${run}&path=leak`)).status).toBe(404)
      expect((await server.get(artifactTarget(run, 'inner.txt'))).body).toBe('real')
      expect((await list(server, run)).entries.map(entry => entry.name)).toEqual(['inner.txt', 'real.txt'])
    },
  },
  'FILE-02': {
    plant(tree, run) {
      const nested = path.join(tree.addRun(run, { 'artifacts/nested/x.txt': 'x' }), 'artifacts', 'nested')
      symlinkSync('../../../../../outside', path.join(nested, 'leak'))
      symlinkSync('../../../../../outside/canary.txt', path.join(nested, 'file.txt'))
    },
    async check(server, run) {
      await refused(server, run, 'nested/leak/canary.txt')
      await refused(server, run, 'nested/file.txt')
    },
  },
  'FILE-03': {
    plant: (tree, run) => void tree.addRun(run, { 'artifacts/flip': 'mine' }),
    async check(server, run, tree) {
      const artifacts = path.join(tree.mlruns, experiment, run, 'artifacts')
      const [flip, swap] = [path.join(artifacts, 'flip'), path.join(artifacts, 'swap')]
      const seen = new Set<string>()
      for (let round = 0; round < 250; round += 1) {
        const answers = Array.from({ length: 4 }, () => fetch(`${server.url}${artifactTarget(run, 'flip')}`))
        for (let turn = 0; turn < 4; turn += 1) {
          rmSync(swap, { force: true })
          if (turn % 2) writeFileSync(swap, 'mine')
          else symlinkSync(path.join(tree.outside, 'canary.txt'), swap)
          renameSync(swap, flip)
          await new Promise(resolve => setImmediate(resolve))
        }
        for (const answer of await Promise.all(answers)) seen.add(answer.ok ? await answer.text() : String(answer.status))
      }
      unlinkSync(flip)
      expect([...seen].filter(body => !['mine', '', '403', '404'].includes(body))).toEqual([])
      expect(seen).toContain('mine')
    },
  },
  'FILE-05': {
    plant(tree, run) {
      const folder = tree.addRun(run, { 'artifacts/x.txt': 'x' })
      for (const name of ['artifacts/pipe', 'metrics/pipe', 'params/pipe', 'tags/pipe']) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
        execFileSync('mkfifo', [path.join(folder, name)])
      }
      createServer()
        .listen(path.join(folder, 'artifacts', 'socket'))
        .unref()
      symlinkSync('/dev/zero', path.join(folder, 'artifacts', 'zero'))
      symlinkSync('/dev/zero', path.join(folder, 'metrics', 'zero'))
    },
    async check(server, run) {
      for (const name of ['pipe', 'socket', 'zero']) await refused(server, run, name)
      expect((await list(server, run)).entries.map(entry => entry.name)).toEqual(['x.txt'])
      expect((await detail(server, run)).metrics.map(metric => metric.key)).toContain('loss')
    },
  },
  'FILE-06': {
    plant: (tree, run, { content }) =>
      void tree.addRun(run, {
        'artifacts/meta.yaml': content.text ?? '',
        [`artifacts/${'f'.repeat(32)}/meta.yaml`]: metaYaml('f'.repeat(32)),
        [`artifacts/${'f'.repeat(32)}/metrics/loss`]: '1650000000000 9 0\n',
      }),
    async check(server, run) {
      for (const id of ['artifacts', 'f'.repeat(32)]) expect((await server.get(`/api/run?run=${id}`)).status).toBe(404)
      expect((await list(server, run)).entries.map(entry => entry.name)).toEqual(['f'.repeat(32), 'meta.yaml'])
    },
  },
  'FILE-07': {
    plant: (tree, run) => {
      tree.addRun(run, { 'meta.yaml': metaYaml(run, 'file:///etc') })
      tree.addRun(run.replace(/.$/, '1'), { 'meta.yaml': metaYaml(run, tree.outside) })
    },
    async check(server, run) {
      for (const id of [run, run.replace(/.$/, '1')]) {
        expect(await list(server, id)).toMatchObject({ entries: [], exists: false })
        for (const name of ['passwd', 'canary.txt']) await refused(server, id, name)
      }
    },
  },
  'FILE-09': {
    plant: (tree, run, { content }) => void tree.addRun(run, { 'meta.yaml': content.text ?? '' }),
    async check(server, run) {
      expect(await issueAbout(server, run)).not.toBe('')
      expect((await others(server)).total).toBeGreaterThan(10)
    },
  },
  'FILE-10': {
    plant: (tree, run, { content }) => void tree.addRun(run, { 'meta.yaml': metaYaml(run) + (content.text ?? '') }),
    async check(server, run) {
      const answers = await Promise.all(
        ['/api/health', '/api/projects', '/api/sources', `/api/run?run=${run}`].map(target => server.get(target)),
      )
      for (const answer of answers) expect(answer.body).not.toContain('"polluted"')
    },
  },
  'FILE-13': {
    plant(tree, run) {
      const file = path.join(tree.addRun(run, { 'metrics/huge': '' }), 'metrics', 'huge')
      truncateSync(file, 2 ** 30)
    },
    async check(server, run) {
      expect(await issueAbout(server, `${run}/metrics/huge`)).not.toBe('')
      expect((await detail(server, run)).metrics.map(metric => metric.key)).toContain('loss')
      expect(server.memory()).toBeLessThan(1_000_000_000)
    },
  },
  'FILE-18': saved(() => Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100_000)])),
  'FILE-21': saved(() => Buffer.from('\x80\x04cos\nsystem\n(S"touch /tmp/pwned"\ntR.', 'latin1')),
  'FILE-23': {
    plant: (tree, run, { content }) => void tree.addRun(run, { [content.path]: content.text ?? '' }),
    async check(server, run) {
      const acc = (await detail(server, run)).metrics.find(metric => metric.key === 'acc')
      expect(acc).toMatchObject({ count: 4, nan: 1, last: { step: '9007199254740993', value: 0.5 }, first: { step: -1 } })
    },
  },
  'FILE-26': {
    plant: (tree, run) =>
      void tree.addRun(run, {
        'metrics/train/loss': '1 0.5 0\n',
        'metrics/a % b?c#d&e+f: g': '1 0.5 0\n',
        'metrics/.dotted': '1 0.5 0\n',
        'params/a % b?c#d&e+f: g/h': 'v',
      }),
    async check(server, run) {
      const { metrics, params } = await detail(server, run)
      const names = ['.dotted', 'a % b?c#d&e+f: g', 'train/loss']
      expect(metrics.map(metric => metric.key)).toEqual(expect.arrayContaining(names))
      expect(params).toContainEqual({ key: 'a % b?c#d&e+f: g/h', value: 'v' })
      for (const name of names) {
        const series = await server.get(`/api/series?run=${run}&key=${encodeURIComponent(name)}`)
        expect([series.status, series.body.slice(0, 4)]).toEqual([200, 'ROS1'])
        const column = `metrics.\`${name}\``
        const page = await server.json<RunsPage>('/api/runs', {
          project: experiment,
          filter: `${column} = 0.5 and run_id = '${run}'`,
          columns: [column],
        })
        expect([page.total, page.columns[0]?.values]).toEqual([1, [0.5]])
      }
    },
  },
  'FILE-27': {
    plant: (tree, run) => void tree.addRun(run, { 'metrics/Acc': '1 1 0\n', 'metrics/acc': '1 2 0\n' }),
    async check(server, run) {
      const { metrics } = await detail(server, run)
      const last = (key: string) => metrics.find(metric => metric.key === key)?.last.value
      expect([last('Acc'), last('acc')]).toEqual([1, 2])
    },
  },
  'FILE-33': {
    plant: (tree, run) => void tree.addRun(run, { 'artifacts/x.bin': Buffer.alloc(30_000_000), 'artifacts/y.txt': 'y' }),
    async check(server, run, tree) {
      const download = await fetch(`${server.url}${artifactTarget(run, 'x.bin')}`)
      rmSync(path.join(tree.mlruns, experiment, run), { recursive: true })
      expect((await download.arrayBuffer()).byteLength).toBe(30_000_000)
      await refused(server, run, 'y.txt')
      expect(await list(server, run)).toMatchObject({ entries: [], exists: false })
      expect((await server.get(`/api/run?run=${run}`)).status).toBe(200)
    },
  },
  'FILE-34': {
    plant(tree, run) {
      const folder = tree.addRun(run, { 'artifacts/x.txt': canary })
      chmodSync(path.join(folder, 'metrics'), 0o000)
      chmodSync(path.join(folder, 'artifacts'), 0o000)
    },
    async check(server, run, tree) {
      const folder = path.join(tree.mlruns, experiment, run)
      const isRoot = process.getuid?.() === 0
      if (!isRoot) {
        expect(await issueAbout(server, `${run}/metrics`)).not.toBe('')
        await refused(server, run, 'x.txt')
      }
      for (const name of ['metrics', 'artifacts']) chmodSync(path.join(folder, name), 0o755)
      expect((await others(server)).total).toBeGreaterThan(10)
    },
  },
}

/** Cases whose format is not read yet but which an MLflow tree can hold as well; they run beside the corpus. */
export const variants: Record<string, FileCheck> = {
  'FILE-11': {
    plant: (tree, run) =>
      void tree.addRun(run, {
        'metrics/__proto__': '1 1 0\n',
        'metrics/constructor': '1 2 0\n',
        'metrics/hasOwnProperty': '1 3 0\n',
        'params/__proto__': 'p',
        'tags/toString': 't',
      }),
    async check(server, run) {
      const { metrics, params, tags } = await detail(server, run)
      const lasts = new Map(metrics.map(metric => [metric.key, metric.last.value]))
      expect(['__proto__', 'constructor', 'hasOwnProperty'].map(key => lasts.get(key))).toEqual([1, 2, 3])
      expect(params).toContainEqual({ key: '__proto__', value: 'p' })
      expect(tags).toContainEqual({ key: 'toString', value: 't' })
      const page = await server.json<RunsPage>('/api/runs', {
        project: experiment,
        filter: `run_id = '${run}' and metrics.__proto__ = 1`,
        columns: ['metrics.__proto__', 'metrics.constructor', 'params.__proto__', 'params.constructor'],
      })
      expect(page.columns.map(column => column.values)).toEqual([[1], [2], ['p'], [null]])
    },
  },
  'FILE-22': {
    plant: (tree, run) =>
      void tree.addRun(run, { 'metrics/odd': '1 nan 1\n2 inf 2\n3 -inf 3\n4 1e999 4\n5 1.7976931348623157e308 5\n6 -0.0 6\n' }),
    async check(server, run) {
      const odd = (await detail(server, run)).metrics.find(metric => metric.key === 'odd')
      expect(odd).toMatchObject({
        count: 6,
        nan: 1,
        positiveInfinity: 2,
        negativeInfinity: 1,
        first: { value: 'NaN' },
        last: { value: '-0' },
      })
      expect(odd?.max).toMatchObject({ value: Number.MAX_VALUE, step: 5 })
    },
  },
  'FILE-25': {
    plant(tree, run) {
      const folder = tree.addRun(run, {
        'meta.yaml': metaYaml(run).replace(/run_name: .*\n/, ''),
        'tags/mlflow.runName': 'run \u202egnp.exe \u0645\u0642\u06cc\u0627\u0633 💩 trailing space. ',
      })
      write(path.join(folder, 'artifacts'), {
        'caf\u00e9.txt': 'NFC',
        'cafe\u0301.txt': 'NFD',
        '\u202egnp.exe': 'rtl',
        '💩. ': 'emoji',
        ['x'.repeat(255)]: 'long',
      })
    },
    async check(server, run) {
      expect((await detail(server, run)).name).toBe('run \u202egnp.exe \u0645\u0642\u06cc\u0627\u0633 💩 trailing space. ')
      const { entries } = await list(server, run)
      expect(entries.length).toBe(5)
      expect((await server.get(artifactTarget(run, 'caf\u00e9.txt'))).body).toBe('NFC')
      expect((await server.get(artifactTarget(run, 'cafe\u0301.txt'))).body).toBe('NFD')
      for (const entry of entries) expect((await server.get(artifactTarget(run, entry.path))).status, entry.name).toBe(200)
    },
  },
}
