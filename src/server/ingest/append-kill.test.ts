import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from 'vitest'

import { decodeSeriesFrame } from '#contract/series-frame.ts'
import { homeWithRuns, runRecord } from '#server/api/test-home.ts'
import { createReader } from '#server/queries/service.ts'
import { openForReading } from '#server/store/database.ts'

const pointsABatch = 100

/** A client and the store in one process: eight requests under way, the number of each that was acknowledged as a line of output. */
const child = `
import { writeSync } from 'node:fs'
import { createWriter } from '#server/ingest/writer.ts'
const [file, from, to] = [process.argv[1], Number(process.argv[2]), Number(process.argv[3])]
const { service } = createWriter(file, () => undefined, 20)
let next = from
async function client() {
  while (next < to) {
    const no = next++
    const steps = Uint32Array.from({ length: ${pointsABatch} }, (_, index) => no * ${pointsABatch} + index)
    const series = ['a', 'b', 'c'].map(key => ({ key, steps, times: Float64Array.from(steps), values: Float64Array.from(steps) }))
    await service.append({ run: 1, hash: 'request ' + no, at: Date.now(), series })
    writeSync(1, no + '\\n')
  }
}
await Promise.all(Array.from({ length: 8 }, client))
service.close()
`

/** Runs the client until it ends, or kills it so long after its first acknowledgement. Returns the requests that were acknowledged. */
function runClient(file: string, from: number, to: number, killAfter: number | null): Promise<number[]> {
  const root = path.resolve(import.meta.dirname, '../../..')
  const running = spawn(process.execPath, ['--input-type=module', '--eval', child, file, String(from), String(to)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '' && killAfter !== null) setTimeout(() => running.kill('SIGKILL'), killAfter)
    output += text
  })
  return new Promise((resolve, reject) => {
    running.on('error', reject)
    running.on('close', () => resolve(output.split('\n').slice(0, -1).map(Number)))
  })
}

test('nothing acknowledged is lost and nothing is twice, killed at any moment and retried', { timeout: 60_000 }, async () => {
  const { folder, file } = homeWithRuns(runRecord({}))
  const acknowledged = new Set<number>()
  const firstMissing = () => {
    let no = 0
    while (acknowledged.has(no)) no += 1
    return no
  }
  const stored = (key: string) => {
    const reader = createReader(file)
    try {
      return [...decodeSeriesFrame(reader.service.series({ run: 'r1', key })).steps].map(Number)
    } finally {
      reader.service.close(null)
    }
  }
  for (const killAfter of [5, 20, 45, 90, 130, 180]) {
    for (const no of await runClient(file, firstMissing(), 1_000_000, killAfter)) acknowledged.add(no)
    const steps = stored('a')
    const batches = new Set(steps.map(step => Math.floor(step / pointsABatch)))
    expect([...acknowledged].filter(no => !batches.has(no))).toEqual([])
    expect(steps).toHaveLength(batches.size * pointsABatch)
    expect(new Set(steps).size).toBe(steps.length)
  }
  const to = Math.max(...acknowledged) + 20
  for (const no of await runClient(file, firstMissing(), to, null)) acknowledged.add(no)
  expect(firstMissing()).toBe(to)
  for (const key of ['a', 'b', 'c']) expect(stored(key)).toEqual(Array.from({ length: to * pointsABatch }, (_, index) => index))
  const database = openForReading(file)
  expect(database.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' })
  expect(database.prepare('select points from run').get()).toEqual({ points: to * pointsABatch * 3 })
  expect(database.prepare('select count(*) > 0 as chunks from chunk').get()).toEqual({ chunks: 1 })
  database.close()
  rmSync(folder, { recursive: true, force: true })
})
