import { expect, test } from 'vitest'

import {
  allSelection,
  isSelected,
  noSelection,
  parseSelection,
  printSelection,
  select,
  selectedCount,
  selectionFilter,
} from './selection.ts'

test('selected runs stand in the address by id', () => {
  const selection = select(select(noSelection, ['a', 'b', 'c'], true), ['b'], false)
  expect(printSelection(selection)).toBe('a,c')
  expect(parseSelection('a,c')).toEqual(selection)
  expect(isSelected(selection, 'a')).toBe(true)
  expect(isSelected(selection, 'b')).toBe(false)
  expect(selectedCount(selection, 50)).toBe(2)
  expect(selectionFilter(selection, 'x > 1')).toBe("run_id in ('a', 'c')")
})

test('all of 100,000 runs but one stay short', () => {
  const selection = select(allSelection, ['b'], false)
  expect(printSelection(selection)).toBe('all,-b')
  expect(parseSelection('all,-b')).toEqual(selection)
  expect(isSelected(selection, 'a')).toBe(true)
  expect(isSelected(selection, 'b')).toBe(false)
  expect(selectedCount(selection, 100_000)).toBe(99_999)
  expect(selectionFilter(selection, 'a or b')).toBe("(a or b) and run_id != 'b'")
  expect(printSelection(select(selection, ['b'], true))).toBe('all')
})

test('nothing selected leaves no trace', () => {
  expect(printSelection(noSelection)).toBe('')
  expect(parseSelection(undefined)).toBe(noSelection)
})
