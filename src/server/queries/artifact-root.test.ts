import { rmSync } from 'node:fs'

import { expect, test } from 'vitest'

import { homeWithRuns, runRecord } from '#server/api/test-home.ts'

import { createReader } from './service.ts'

test('artifacts stay in the source, and beside one that is a file in the folder that they are all in', () => {
  const { folder, file } = homeWithRuns(
    runRecord({ foreignId: 'inside', artifacts: '1/inside/artifacts' }),
    runRecord({ foreignId: 'beside', artifacts: '../mlartifacts/1/beside/artifacts' }),
    runRecord({ foreignId: 'none' }),
  )
  const { service } = createReader(file)
  const rootOf = (run: string) => service.artifactRoot({ run, model: '' })
  expect(rootOf('inside')).toEqual({ root: '/data/mlruns/1/inside/artifacts', inside: '/data/mlruns' })
  expect(rootOf('beside')).toEqual({ root: '/data/mlartifacts/1/beside/artifacts', inside: '/data/mlartifacts' })
  expect(rootOf('none')).toBeNull()
  service.close(null)
  rmSync(folder, { recursive: true })
})
