import { rmSync } from 'node:fs'

import { expect, test } from 'vitest'

import { decodeSeriesFrame } from '#contract/series-frame.ts'

import { homeWithRuns, runRecord } from './test-home.ts'
import { startThreads } from './threads.ts'

test(
  'a reader beside appends and folds sees each point once, and all that were acknowledged before it asked',
  { timeout: 30_000 },
  async () => {
    const { folder, file } = homeWithRuns(runRecord({}))
    const threads = await startThreads(file)
    await threads.read('projects', {})
    const keys = ['a', 'b', 'c', 'd']
    const last = 120
    const progress = { acknowledged: 0, reads: 0 }
    const write = async () => {
      for (let no = 0; no < last; no += 1) {
        const steps = Uint32Array.from({ length: 300 }, (_, index) => no * 300 + index)
        const series = keys.map(key => ({ key, steps, times: new Float64Array(300), values: Float64Array.from(steps) }))
        await threads.write('append', { run: 1, hash: `h${no}`, at: Date.now(), series })
        progress.acknowledged = (no + 1) * 300
      }
    }
    const read = async () => {
      for (let least = 0; least < last * 300; least = progress.acknowledged) {
        if (least === 0) {
          await new Promise(resolve => setTimeout(resolve, 1))
          continue
        }
        const key = keys[progress.reads % keys.length] ?? ''
        const { values } = decodeSeriesFrame(await threads.read('series', { run: 'r1', key }))
        expect(values.length).toBeGreaterThanOrEqual(least)
        expect(values.findIndex((value, index) => value !== index)).toBe(-1)
        progress.reads += 1
      }
    }
    await Promise.all([write(), read()])
    expect(progress.reads).toBeGreaterThan(5)
    await threads.close()
    rmSync(folder, { recursive: true, force: true })
  },
)
