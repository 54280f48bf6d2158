import { expect, test } from 'vitest'

import { metricImportance } from './metric-importance.ts'

test('quality on held-out data comes first, the machine last', () => {
  const keys = ['system/gpu_0_power', 'epoch', 'grad_norm', 'train/loss', 'val/loss', 'acc', 'test_f1_score']
  const ordered = keys.toSorted((a, b) => metricImportance(b) - metricImportance(a))
  expect(ordered).toEqual(['val/loss', 'test_f1_score', 'acc', 'train/loss', 'grad_norm', 'system/gpu_0_power', 'epoch'])
})
