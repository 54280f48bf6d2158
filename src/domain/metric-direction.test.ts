import { expect, test } from 'vitest'

import { metricDirection } from './metric-direction.ts'

test.each([
  ['val/acc', 'higher'],
  ['accuracy_score', 'higher'],
  ['testF1', 'higher'],
  ['roc_auc', 'higher'],
  ['metrics/mAP50(B)', 'higher'],
  ['val/loss', 'lower'],
  ['train-rmse', 'lower'],
  ['f1_loss', 'lower'],
  ['test/ece', 'lower'],
  ['mse_score', 'lower'],
  ['best_score', 'higher'],
  ['1day.excess_return_with_cost.annualized_return', 'higher'],
  ['lr', null],
  ['opt/grad_norm', null],
  ['lossless', null],
])('%s: %s is better', (key, direction) => {
  expect(metricDirection(key)).toBe(direction)
})
