import { expect, test } from 'vitest'

import type { ArtifactEntry } from '#contract/artifact.ts'

import { foldersAbove, treeMove, treeNodes, type FolderState } from './artifact-tree.ts'

function entry(path: string, directory = false): ArtifactEntry {
  return { name: path.split('/').at(-1) ?? '', path, directory, size: directory ? 0 : 7, type: '', preview: 'none' }
}

const ready = (...entries: ArtifactEntry[]): FolderState => ({ state: 'ready', entries, exists: true, truncated: false })
const folders = new Map<string, FolderState>([
  [':', ready(entry('plots', true), entry('log.txt'))],
  [':plots', ready(entry('plots/deep', true), entry('plots/roc.png'))],
  [':plots/deep', ready()],
  ['m-1:', ready(entry('MLmodel'))],
])
const models = [{ model: 'm-1', name: 'classifier' }]

function drawn(open: string[], known = folders): string[] {
  return treeNodes(models, known, new Set(open)).map(
    ({ level, text, kind, position, siblings }) => `${'  '.repeat(level - 1)}${text} ${kind} ${position}/${siblings}`,
  )
}

test('closed, the root of the run and its models', () => {
  expect(drawn([])).toEqual(['plots folder 1/3', 'log.txt file 2/3', 'classifier model 3/3'])
})

test('open folders show what is in them, an empty one says so', () => {
  expect(drawn([':plots', ':plots/deep', 'm-1:'])).toEqual([
    'plots folder 1/3',
    '  deep folder 1/2',
    '    Empty note 1/1',
    '  roc.png file 2/2',
    'log.txt file 2/3',
    'classifier model 3/3',
    '  MLmodel file 1/1',
  ])
})

test('a folder that is not read yet, failed or was cut has a note', () => {
  expect(drawn(['m-1:'], new Map([['m-1:', { state: 'failed', reason: 'Gone' }]]))).toEqual([
    'Reading note 1/2',
    'classifier model 2/2',
    '  Gone note 1/1',
  ])
  const cut = new Map<string, FolderState>([[':', { state: 'ready', entries: [entry('a')], exists: true, truncated: true }]])
  expect(drawn([], cut)).toEqual(['a file 1/3', 'Only the first 1 are listed note 2/3', 'classifier model 3/3'])
})

test('a folder that is not there is no empty one, and the run without one has its models', () => {
  const gone: FolderState = { state: 'ready', entries: [], exists: false, truncated: false }
  expect(
    drawn(
      ['m-1:'],
      new Map([
        [':', gone],
        ['m-1:', gone],
      ]),
    ),
  ).toEqual(['classifier model 1/1', '  This folder is not there note 1/1'])
})

test('the folders above a place', () => {
  expect(foldersAbove({ model: '', path: 'a' })).toEqual([])
  expect(foldersAbove({ model: '', path: 'a/b/c.txt' })).toEqual([':a', ':a/b'])
  expect(foldersAbove({ model: 'm-1', path: 'a/c.txt' })).toEqual(['m-1:', 'm-1:a'])
})

test('keys go through the rows, open and close', () => {
  const nodes = treeNodes(models, folders, new Set([':plots']))
  const names = nodes.map(node => node.text)
  expect(names).toEqual(['plots', 'deep', 'roc.png', 'log.txt', 'classifier'])
  expect(treeMove(nodes, 0, 'ArrowDown')).toEqual({ to: 1 })
  expect(treeMove(nodes, 0, 'ArrowUp')).toBeNull()
  expect(treeMove(nodes, 0, 'ArrowRight')).toEqual({ to: 1 })
  expect(treeMove(nodes, 1, 'ArrowRight')).toEqual({ open: ':plots/deep' })
  expect(treeMove(nodes, 2, 'ArrowLeft')).toEqual({ to: 0 })
  expect(treeMove(nodes, 0, 'ArrowLeft')).toEqual({ close: ':plots' })
  expect(treeMove(nodes, 3, 'ArrowLeft')).toBeNull()
  expect(treeMove(nodes, 1, 'End')).toEqual({ to: 4 })
  expect(treeMove(nodes, 4, 'ArrowDown')).toBeNull()
  expect(treeMove(nodes, 0, 'l')).toEqual({ to: 3 })
  expect(treeMove(nodes, 4, 'P')).toEqual({ to: 0 })
  expect(treeMove(nodes, 0, 'z')).toBeNull()
  expect(treeMove([], 0, 'End')).toBeNull()
})
