import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { locateHome, lockHome } from './home.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'readout-where-'))
  process.env['XDG_DATA_HOME'] = path.join(folder, 'data')
})
afterEach(() => {
  delete process.env['XDG_DATA_HOME']
  rmSync(folder, { recursive: true, force: true })
})

test('the home stands beside the first path, never among the runs', () => {
  mkdirSync(path.join(folder, 'proj', 'mlruns'), { recursive: true })
  expect(locateHome([path.join(folder, 'proj', 'mlruns')], undefined)).toMatchObject({
    directory: path.join(folder, 'proj', '.readout'),
    elsewhere: null,
  })
})

test('where nothing can be written, or nothing is there, it stands below the data folder', () => {
  const readOnly = path.join(folder, 'read-only')
  mkdirSync(path.join(readOnly, 'mlruns'), { recursive: true })
  chmodSync(readOnly, 0o555)
  const home = locateHome([path.join(readOnly, 'mlruns')], undefined)
  chmodSync(readOnly, 0o755)
  expect(home.directory.startsWith(path.join(folder, 'data', 'readout'))).toBe(true)
  expect(home.elsewhere).toBe(`${readOnly} cannot be written`)
  expect(locateHome([path.join(folder, 'gone', 'mlruns')], undefined).elsewhere).toContain('is not there')
  expect(locateHome([], undefined)).toMatchObject({ directory: path.join(folder, 'data', 'readout', 'demo'), elsewhere: null })
  expect(locateHome(['/x'], '/given')).toMatchObject({ directory: '/given', elsewhere: null })
})

test('one server a home: the second is refused with the address of the first, and a release frees it', () => {
  const home = locateHome([], path.join(folder, 'home'))
  const lock = lockHome(home)
  expect(() => lockHome(home)).toThrow('and is just starting')
  lock.announce('http://127.0.0.1:7171')
  expect(() => lockHome(home)).toThrow(`Another Readout has ${home.directory} open: http://127.0.0.1:7171`)
  lock.release()
  expect(existsSync(path.join(home.directory, 'url'))).toBe(false)
  lockHome(home).release()
  expect(readFileSync(path.join(home.directory, '.gitignore'), 'utf8')).toBe('*\n!.gitignore\n!reports/\n!reports/**\n')
})
