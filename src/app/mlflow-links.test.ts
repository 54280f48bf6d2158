import { expect, test } from 'vitest'

import { mlflowTarget } from './mlflow-links.ts'

test.each([
  ['#/experiments/481/runs/a79b183c85', { to: 'run', run: 'a79b183c85' }],
  ['/experiments/481/runs/a79b183c85/artifacts/model', { to: 'run', run: 'a79b183c85' }],
  ['#/experiments/481?searchFilter=&orderByKey=start_time', { to: 'project', project: '481' }],
  ['#/experiments/481/', { to: 'project', project: '481' }],
  ['#/experiments/a%20b', { to: 'project', project: 'a b' }],
])('%s', (hash, target) => {
  expect(mlflowTarget(hash)).toEqual(target)
})

test.each(['', '#', '#/models/net', '#/experiments/', '#/experiments/%E0%A4%A'])('%s leads nowhere', hash => {
  expect(mlflowTarget(hash)).toBeNull()
})
