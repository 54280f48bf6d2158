import { expect, test } from 'vitest'

import { modelHistory } from './model-history.ts'

test('folders, flavors and version of the models that a run logged', () => {
  const text = JSON.stringify([
    { run_id: 'r', artifact_path: 'model', flavors: { python_function: {}, sklearn: {} }, mlflow_version: '2.13.0' },
    { artifact_path: 'deep/net', flavors: null },
    { run_id: 'no path' },
  ])
  expect(modelHistory(text)).toEqual([
    { path: 'model', flavors: ['sklearn'], mlflowVersion: '2.13.0' },
    { path: 'deep/net', flavors: [], mlflowVersion: '' },
  ])
})

test.each(['', 'no json', '{}', '[1, null, "a"]'])('%j has none', text => {
  expect(modelHistory(text)).toEqual([])
})
