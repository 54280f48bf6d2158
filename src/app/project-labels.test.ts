import { expect, test } from 'vitest'

import { projectLabels } from './project-labels.ts'

test('only projects that share a name say where they come from, as shortly as it can be said', () => {
  const labels = projectLabels([
    { id: '1', name: 'Default', source: 'a/mlruns' },
    { id: '2', name: 'Default', source: 'b/mlruns' },
    { id: '3', name: 'trash', source: 'cancer' },
    { id: '4', name: 'trash', source: 'cancer/src' },
    { id: '5', name: 'digits', source: 'a/mlruns' },
  ])
  expect(Object.fromEntries(labels)).toEqual({ 1: 'a/mlruns', 2: 'b/mlruns', 3: 'cancer', 4: 'src' })
})

test('a long start that all of them share is left out, since their ends are what would be cut off', () => {
  const labels = projectLabels([
    { id: '1', name: 'wire', source: 'generated-by-mlflow-2.13' },
    { id: '2', name: 'wire', source: 'generated-by-mlflow-2.14' },
    { id: '3', name: 'wire', source: 'generated-by-mlflow-3.11' },
  ])
  expect([...labels.values()]).toEqual(['…2.13', '…2.14', '…3.11'])
})
