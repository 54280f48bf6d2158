import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'

import { experimentMeta, newFolder, readTree, runMeta, type TreeFiles, writeTree } from './test-tree.ts'

// They write and read some thousand files: seconds where other work takes the disk.
vi.setConfig({ testTimeout: 60_000 })

const litter = /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|\.git(?:keep|ignore|attributes)|\._.*|\.nfs[0-9a-f]+)$/
const segment = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      "it's",
      '"quoted"',
      'a b ',
      '.hidden',
      '💩',
      '\u202Egnp',
      'مقياس',
      'CON',
      '%2F',
      '#1?&+:',
      '__proto__',
      'x'.repeat(200),
    ),
  )
  .filter(name => !/[/\0]/.test(name) && name !== '.' && name !== '..' && !litter.test(name) && Buffer.byteLength(name) <= 255)
const key = fc.array(segment, { minLength: 1, maxLength: 3 }).map(parts => parts.join('/'))

/** Keys with values; of a key and another that begins with it and a slash only one fits into a file system. */
function keyed<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<[string, Value][]> {
  return fc.uniqueArray(fc.tuple(key, value), {
    maxLength: 5,
    comparator: ([a], [b]) => `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`),
  })
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.string({ unit: 'grapheme', minLength: 10_000, maxLength: 10_050 }),
  fc.constantFrom('', 'nan', ' ', '\n'),
)
const wellFormed = text.filter(value => value.isWellFormed())
const point = fc.record({
  time: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  value: fc.oneof(fc.double(), fc.constantFrom(1e308, 5e-324, -0, 0.1, Number.NaN, Infinity, -Infinity)),
  step: fc.oneof(fc.integer(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
})
const run = fc.record({
  params: keyed(wellFormed),
  tags: keyed(wellFormed),
  metrics: keyed(fc.array(point, { minLength: 1, maxLength: 8 })),
})

function written(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace('NaN', 'nan').replace('Infinity', 'inf')
  return Object.is(value, -0) ? '-0.0' : String(value)
}

const sorted = <Value>(pairs: readonly (readonly [string, Value])[]) => [...pairs].sort(([a], [b]) => (a < b ? -1 : 1))

test('any run that is written is read back equal', () => {
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 2 }), runs => {
      const files: TreeFiles = { '1/meta.yaml': experimentMeta('1') }
      const ids = runs.map((_, index) => String(index).repeat(32))
      for (const [index, { params, tags, metrics }] of runs.entries()) {
        const folder = `1/${ids[index]}`
        files[`${folder}/meta.yaml`] = runMeta('1', ids[index] ?? '')
        for (const [name, value] of params) files[`${folder}/params/${name}`] = value
        for (const [name, value] of tags) files[`${folder}/tags/${name}`] = value
        for (const [name, points] of metrics) {
          files[`${folder}/metrics/${name}`] = points.map(({ time, value, step }) => `${time} ${written(value)} ${step}\n`).join('')
        }
      }
      const root = writeTree(files)
      const read = readTree(root)
      rmSync(root, { recursive: true })
      expect(read.issues).toEqual([])
      for (const [index, { params, tags, metrics }] of runs.entries()) {
        const found = read.runs.find(({ foreignId }) => foreignId === ids[index])
        expect(sorted(found?.params ?? [])).toEqual(sorted(params))
        expect(sorted(found?.tags ?? [])).toEqual(sorted(tags))
        const series = found?.series.map(({ key, steps, times, values }) => [key, { steps: steps.map(BigInt), times, values }] as const)
        expect(sorted(series ?? [])).toEqual(
          sorted(
            metrics.map(([key, points]) => [
              key,
              {
                steps: points.map(({ step }) => BigInt(step)),
                times: points.map(({ time }) => time / 1000),
                values: points.map(({ value }) => value),
              },
            ]),
          ),
        )
      }
    }),
    { numRuns: 40 },
  )
})

test('random bytes in any file stop nothing, and cost no more than the run that they are in', () => {
  const root = newFolder()
  cpSync(path.join(import.meta.dirname, 'fixtures/mlflow-3.11/mlruns'), root, { recursive: true })
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
  const whole = readTree(root).runs.map(found => found.foreignId)
  const change = fc.record({
    file: fc.nat(files.length - 1),
    at: fc.nat(400),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 30 }),
    cut: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), changes => {
      const before = new Map(changes.map(({ file }) => [files[file] ?? '', readFileSync(files[file] ?? '')]))
      for (const { file, at, bytes, cut } of changes) {
        const name = files[file] ?? ''
        const content = readFileSync(name)
        const start = Math.min(at, content.length)
        writeFileSync(
          name,
          Buffer.concat([content.subarray(0, start), bytes, cut ? Buffer.alloc(0) : content.subarray(start + bytes.length)]),
        )
      }
      const { runs } = readTree(root)
      const hurt = (id: string) => [...before.keys()].some(name => name.includes(id) || /\/\d+\/meta\.yaml$/.test(name))
      for (const id of whole) if (!hurt(id)) expect(runs.map(found => found.foreignId)).toContain(id)
      for (const [name, content] of before) writeFileSync(name, content)
    }),
    { numRuns: 100 },
  )
})
