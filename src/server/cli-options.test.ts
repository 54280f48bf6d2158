import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from 'vitest'

import { parseCli, type CliOptions } from './cli-options.ts'

const cwd = path.resolve('/data/proj')
const nothing: CliOptions = { paths: [], home: undefined, reports: undefined, port: undefined, open: true, forget: undefined }
const main = (options: Partial<CliOptions>) => ({ kind: 'main', options: { ...nothing, ...options } })

function faultOf(...argv: string[]): string {
  const request = parseCli(argv, cwd)
  return request.kind === 'error' ? request.message : `no fault: ${request.kind}`
}

test('paths are resolved against the folder of the user', () => {
  expect(parseCli([], cwd)).toEqual(main({}))
  expect(parseCli(['mlruns', '../other', '/abs'], cwd)).toEqual(
    main({ paths: [path.join(cwd, 'mlruns'), path.resolve(cwd, '../other'), path.resolve('/abs')] }),
  )
  expect(parseCli(['--home', 'h', '--reports=r', '--port', '0', '--no-open', 'a'], cwd)).toEqual(
    main({ home: path.join(cwd, 'h'), reports: path.join(cwd, 'r'), port: 0, open: false, paths: [path.join(cwd, 'a')] }),
  )
  expect(parseCli(['--', '--odd'], cwd)).toEqual(main({ paths: [path.join(cwd, '--odd')] }))
})

test('help and version win over all else', () => {
  expect(parseCli(['--nonsense', '--help'], cwd)).toEqual({ kind: 'help' })
  expect(parseCli(['a', '-h'], cwd)).toEqual({ kind: 'help' })
  expect(parseCli(['-v'], cwd)).toEqual({ kind: 'version' })
  expect(parseCli(['--', '--help'], cwd)).toEqual(main({ paths: [path.join(cwd, '--help')] }))
})

test('faults name the option and the nearest that exists', () => {
  expect(faultOf('--prot', '1')).toBe('There is no option --prot. Is it --port? See readout --help.')
  expect(faultOf('--no-opne')).toContain('Is it --no-open?')
  expect(faultOf('--quux-something')).toBe('There is no option --quux-something. See readout --help.')
  expect(faultOf('--constructor')).toContain('There is no option --constructor.')
  expect(faultOf('-x')).toContain('There is no option -x.')
  expect(faultOf('--port')).toBe('--port needs a value.')
  expect(faultOf('--home', '--no-open')).toBe('--home needs a value.')
  expect(faultOf('--home=')).toBe('--home needs a value.')
  expect(faultOf('--no-open=yes')).toBe('--no-open takes no value.')
})

test('a port is a number that TCP has', () => {
  for (const port of ['65536', '-1', '80.5', '1e3', 'http', '0x50']) expect(faultOf(`--port=${port}`)).toContain(`not ${port}.`)
  expect(parseCli(['--port=65535'], cwd)).toEqual(main({ port: 65_535 }))
})

test('only loopback can be listened at', () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.2', '::1', '127.0.0.1.evil.example']) {
    expect(faultOf('--host', host)).toMatch(/^Readout listens at 127\.0\.0\.1 only, not at .*ssh -L/)
  }
  expect(parseCli(['--host', '127.0.0.1', '--host', 'localhost'], cwd)).toEqual(main({}))
})

test('forget takes one source, by path or by name', () => {
  expect(parseCli(['forget', './mlruns'], cwd)).toEqual(main({ forget: path.join(cwd, 'mlruns'), paths: [path.join(cwd, 'mlruns')] }))
  expect(parseCli(['forget', 'a1b2c3'], cwd)).toEqual(main({ forget: 'a1b2c3' }))
  expect(parseCli(['forget', 'a1b2c3', '--home', 'h'], cwd)).toEqual(main({ forget: 'a1b2c3', home: path.join(cwd, 'h') }))
  expect(faultOf('forget')).toContain('takes one source')
  expect(faultOf('forget', 'a', 'b')).toContain('takes one source')
  expect(parseCli(['./forget'], cwd)).toEqual(main({ paths: [path.join(cwd, 'forget')] }))
})

test('forget by name looks in the home of this folder where there is one', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'readout-'))
  try {
    mkdirSync(path.join(folder, '.readout'))
    mkdirSync(path.join(folder, 'mlruns'))
    expect(parseCli(['forget', 'gone'], folder)).toEqual(main({ forget: 'gone', home: path.join(folder, '.readout') }))
    const runs = path.join(folder, 'mlruns')
    expect(parseCli(['forget', 'mlruns'], folder)).toEqual(main({ forget: runs, paths: [runs] }))
  } finally {
    rmSync(folder, { recursive: true })
  }
})
