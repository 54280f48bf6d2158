import { expect, test } from 'vitest'

import { chartGroups } from './chart-groups.ts'

function charts(...keys: string[]): string[] {
  return chartGroups(keys).flatMap(({ name, charts: list }) =>
    list.map(
      ({ title, lines }) => `${name}: ${title} = ${lines.map(({ key, label }) => (key === label ? key : `${key} as ${label}`)).join(', ')}`,
    ),
  )
}

test('the same measure on several splits shares a chart, however the key names the split', () => {
  expect(charts('train/loss', 'val/loss')).toEqual([': loss = train/loss as train, val/loss as val'])
  expect(charts('val_acc', 'train_acc', 'test_acc')).toEqual([': acc = train_acc as train, val_acc as val, test_acc as test'])
  expect(charts('loss/validation', 'loss/train')).toEqual([': loss = loss/train as train, loss/validation as val'])
  expect(charts('loss', 'val_loss')).toEqual([': loss = loss, val_loss as val'])
  expect(charts('Training.F1 score', 'Validation.F1 score')).toEqual([
    ': F1 score = Training.F1 score as train, Validation.F1 score as val',
  ])
})

test('a key that only looks like a twin has a chart of its own under its own name', () => {
  expect(charts('val/loss', 'lr')).toEqual([': lr = lr', 'val: val/loss = val/loss'])
  expect(charts('train', 'val')).toEqual([': train = train', ': val = val'])
  expect(charts('val/loss', 'validation/loss')).toEqual(['val: val/loss = val/loss', 'validation: validation/loss = validation/loss'])
  expect(charts('training_time', 'interval')).toEqual([': training_time = training_time', ': interval = interval'])
})

test('groups go by prefix, keys without one first and the state of the machine last', () => {
  expect(chartGroups(['system/gpu_0', 'opt/lr', 'opt/grad', 'epoch', 'layer/1/w'])).toEqual([
    { name: '', charts: [{ title: 'epoch', lines: [{ key: 'epoch', label: 'epoch' }] }] },
    {
      name: 'opt',
      charts: [
        { title: 'opt/lr', lines: [{ key: 'opt/lr', label: 'opt/lr' }] },
        { title: 'opt/grad', lines: [{ key: 'opt/grad', label: 'opt/grad' }] },
      ],
    },
    { name: 'layer/1', charts: [{ title: 'layer/1/w', lines: [{ key: 'layer/1/w', label: 'layer/1/w' }] }] },
    { name: 'system', charts: [{ title: 'system/gpu_0', lines: [{ key: 'system/gpu_0', label: 'system/gpu_0' }] }] },
  ])
})
