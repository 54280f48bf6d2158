import { appendFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from 'vitest'

import { readRun } from './run.ts'
import { tensorboardReader } from './tensorboard-reader.ts'
import { event, gathered, hparamsValue, record, scalar, tensorValue, versionEvent, wire, writeFiles } from './test-events.ts'

const first = 'events.out.tfevents.1700000000.node-1.local.77.0'

function read(root: string, known?: string, limits?: { held: number; part: number }) {
  const place = { foreignId: 'a', projectForeignId: '.', name: 'a', directory: path.join(root, 'a'), parent: '' }
  return gathered(root, readRun(place, known, limits))
}

/** Sets the times of change of a run's files, in ms before now. */
function age(root: string, ms: number, ...names: string[]): void {
  const at = (Date.now() - ms) / 1000
  for (const name of names) utimesSync(path.join(root, 'a', name), at, at)
}

test('files of a run are read in the order of their names, and a restart keeps all points', () => {
  const root = writeFiles({
    [`a/${first}`]: Buffer.concat([versionEvent, ...[0, 1, 2, 3].map(step => event(1_700_000_010 + step, step, scalar('loss', step)))]),
    'a/events.out.tfevents.1700000500.node-1.local.78.0': Buffer.concat([
      versionEvent,
      ...[2, 3].map(step => event(1_700_000_510 + step, step, scalar('loss', -step))),
    ]),
    'a/events.out.tfevents.1700000500.node-1.local.78.0.profile-empty': '',
  })
  const { runs, points, issues } = read(root)
  expect(points).toEqual({
    loss: [
      [0, 1_700_000_010, 0],
      [1, 1_700_000_011, 1],
      [2, 1_700_000_012, 2],
      [3, 1_700_000_013, 3],
      [2, 1_700_000_512, -2],
      [3, 1_700_000_513, -3],
    ],
  })
  expect(issues).toEqual([])
  expect(runs).toHaveLength(1)
  expect(runs[0]).toMatchObject({
    foreignId: 'a',
    host: 'node-1.local',
    start: 1_700_000_000_000,
    end: 1_700_000_513_000,
    status: 'finished',
    artifacts: null,
  })
})

test('a run that does not fit in memory is read once more, with the same points', () => {
  const events = Array.from({ length: 500 }, (_, step) => event(step, step, scalar('x', step / 3), scalar(`y${step % 7}`, -step)))
  const broken = Buffer.from(event(3, 3, scalar('x', 3)))
  broken.writeUInt8(0, 20)
  const root = writeFiles({ [`a/${first}`]: Buffer.concat([versionEvent, ...events.slice(0, 250), broken, ...events.slice(250)]) })
  const held = read(root)
  const again = read(root, undefined, { held: 100, part: 64 })
  expect(again.parts.length).toBeGreaterThan(held.parts.length)
  expect(again.points).toEqual(held.points)
  expect(again.issues).toEqual(held.issues)
  expect(held.issues).toHaveLength(1)
  expect(again.runs[0]?.digest).toBe(held.runs[0]?.digest)
  expect(held.points['x']).toHaveLength(500)
})

test('a series is marked as float32 where all its values were', () => {
  const double = [wire.varint(1, 2), wire.double(6, 0.1)]
  const root = writeFiles({
    [`a/${first}`]: Buffer.concat([
      event(1, 1, scalar('narrow', 0.1), scalar('mixed', 0.1), tensorValue('wide', double, 'scalars')),
      event(2, 2, tensorValue('mixed', double), tensorValue('wide', double)),
    ]),
  })
  expect(Object.fromEntries(read(root).parts.map(({ series }) => [series.key, series.float32]))).toEqual({
    narrow: true,
    mixed: false,
    wide: false,
  })
})

test('what is wrong is told with its place, and the rest is read', () => {
  const bad = Buffer.from(event(2, 2, scalar('x', 2)))
  bad.writeUInt8(bad.readUInt8(25) ^ 1, 25)
  const noEvent = record(Buffer.from([0x2a, 0x7f, 1]))
  const events = [versionEvent, event(1, 1, scalar('x', 1)), bad, noEvent, event(3, 3, scalar('x', 3))]
  const root = writeFiles({
    [`a/${first}`]: Buffer.concat(events),
    'a/events.out.tfevents.2': Buffer.concat([event(4, 4, scalar('x', 4)), Buffer.from('these bytes are no record at all')]),
    'a/events.out.tfevents.3': Buffer.concat([event(5, 5, scalar('x', 5)), event(6, 6, scalar('x', 6)).subarray(0, -1)]),
  })
  const { points, issues, runs } = read(root)
  expect(points['x']?.map(([step]) => step)).toEqual([1, 3, 4, 5])
  const offset = versionEvent.length + bad.length
  const whole = event(4, 4, scalar('x', 4)).length
  expect(issues).toEqual([
    [`a/${first}`, `the CRC of the record at byte ${offset} (${bad.length - 16} bytes) is wrong; the record is left out`],
    [`a/${first}`, `the record at byte ${offset + bad.length} (3 bytes) is no event: a part of 127 bytes where 1 are left`],
    [
      'a/events.out.tfevents.2',
      `the CRC of the length at byte ${whole} is wrong, so no record can be found from there on; 32 bytes are not read`,
    ],
  ])
  expect(runs[0]?.fingerprint).toBe('')
})

test('a file cut at any byte gives the whole events before the cut, and nothing is wrong', () => {
  const events = [versionEvent, event(1, 1, scalar('x', 1)), event(2, 300, scalar('x', 2), scalar('y', 3))]
  const file = Buffer.concat(events)
  for (let cut = versionEvent.length; cut <= file.length; cut += 1) {
    const { points, issues, runs } = read(writeFiles({ [`a/${first}`]: file.subarray(0, cut) }))
    const second = versionEvent.length + (events[1]?.length ?? 0)
    expect(points['x']?.length ?? 0).toBe(cut < second ? 0 : cut < file.length ? 1 : 2)
    expect(issues).toEqual([])
    expect(runs).toHaveLength(1)
  }
})

test('a file with any bit flipped gives a run, and says what was left out', () => {
  const events = [event(1, 1, scalar('x', 1)), event(2, 300, scalar('x', 2)), event(3, 301, scalar('x', 3))]
  const file = Buffer.concat(events)
  const root = writeFiles({ [`a/${first}`]: file })
  for (let bit = 0; bit < file.length * 8; bit += 1) {
    const broken = Buffer.from(file)
    broken.writeUInt8(broken.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    writeFileSync(path.join(root, 'a', first), broken)
    const { points, issues, runs } = read(root)
    expect([runs.length, issues.length]).toEqual([1, 1])
    expect(points['x']?.length ?? 0).toBeLessThan(3)
  }
})

test('of many bad records the first twenty are told', () => {
  const bad = Buffer.from(event(2, 2, scalar('x', 2)))
  bad.writeUInt8(bad.readUInt8(25) ^ 1, 25)
  const { issues } = read(writeFiles({ [`a/${first}`]: Buffer.concat(Array.from({ length: 50 }, () => bad)) }))
  expect(issues).toHaveLength(21)
  expect(issues.at(-1)).toEqual(['a', '30 more records could not be read'])
})

test('an event of more than 16 MiB is checked and left out: a graph without a word, values with one', () => {
  const large = Buffer.alloc(17 * 1024 * 1024)
  const graph = record(Buffer.concat([wire.double(1, 1), wire.bytes(4, large)]))
  const image = event(2, 2, wire.bytes(1, wire.bytes(1, 'image'), wire.bytes(4, wire.bytes(4, large))))
  const root = writeFiles({ [`a/${first}`]: Buffer.concat([graph, event(1, 1, scalar('x', 1)), image, event(3, 3, scalar('x', 3))]) })
  const { points, issues } = read(root)
  expect(points['x']?.map(([step]) => step)).toEqual([1, 3])
  expect(issues).toEqual([
    [
      `a/${first}`,
      `the event at byte ${graph.length + event(1, 1, scalar('x', 1)).length} has ${image.length - 16} bytes, more than the 16 MiB that are read; it is left out`,
    ],
  ])
})

test('a run that is unchanged is not read again; one that changed, moved its parent or became quiet is', () => {
  const root = writeFiles({ [`a/${first}`]: Buffer.concat([versionEvent, event(1, 1, scalar('x', 1))]) })
  const fresh = read(root).runs[0]?.fingerprint
  expect(read(root, fresh).records).toEqual([{ type: 'unchanged', foreignId: 'a' }])
  age(root, 11 * 60_000, first)
  const quiet = read(root, fresh).runs[0]?.fingerprint
  expect(quiet).not.toBe(fresh)
  expect(read(root, quiet).runs).toEqual([])
  appendFileSync(path.join(root, 'a', first), event(2, 2, scalar('x', 2)))
  expect(read(root, quiet).points['x']).toHaveLength(2)
})

test('two copies have the same digest, another content has another', () => {
  const files = { [`a/${first}`]: Buffer.concat([versionEvent, event(1, 1, scalar('x', 1))]), 'a/hparams.yaml': 'lr: 0.1\n' }
  const digest = (change: Record<string, Buffer | string>) => read(writeFiles({ ...files, ...change })).runs[0]?.digest
  const same = digest({})
  expect(digest({})).toBe(same)
  expect(digest({ 'a/hparams.yaml': 'lr: 0.2\n' })).not.toBe(same)
  expect(digest({ [`a/${first}`]: Buffer.concat([versionEvent, event(1, 1, scalar('x', 2))]) })).not.toBe(same)
  const root = writeFiles(files)
  renameSync(path.join(root, 'a', first), path.join(root, 'a', `${first}.v2`))
  expect(read(root).runs[0]?.digest).not.toBe(same)
})

const entry = (key: string, ...value: Buffer[]) => wire.bytes(1, wire.bytes(1, key), wire.bytes(2, ...value))
const sessionStart = (...entries: Buffer[]) => hparamsValue('_hparams_/session_start_info', wire.bytes(3, ...entries))
const sessionEnd = (status: number) => hparamsValue('_hparams_/session_end_info', wire.bytes(4, wire.varint(1, status)))

test('params of the plugin hparams, as text that brings them back', () => {
  const root = writeFiles({
    [`a/${first}`]: event(
      1,
      0,
      sessionStart(
        entry('lr', wire.double(2, 1e-5)),
        entry('layers', wire.double(2, 3)),
        entry('third', wire.double(2, 1 / 3)),
        entry('nothing', wire.double(2, Number.NaN)),
        entry('name', wire.bytes(3, 'größe')),
        entry('bn', wire.varint(4, 1)),
        entry('bias', wire.varint(4, 0)),
        entry('sizes', wire.bytes(6, wire.bytes(1, wire.double(2, 1)), wire.bytes(1, wire.bytes(3, 'b')))),
        entry('none', wire.varint(1, 0)),
      ),
    ),
    'a/hparams.yaml': 'other: 1\n',
  })
  expect(read(root).runs[0]?.params).toEqual([
    ['lr', '0.00001'],
    ['layers', '3'],
    ['third', String(1 / 3)],
    ['nothing', 'nan'],
    ['name', 'größe'],
    ['bn', 'True'],
    ['bias', 'False'],
    ['sizes', '[1, b]'],
    ['none', 'None'],
  ])
})

test('status: as the session ended, else whether files and events are of the last ten minutes', () => {
  const status = (old: number, ...events: Buffer[]) => {
    const root = writeFiles({ [`a/${first}`]: Buffer.concat(events) })
    age(root, old, first)
    return read(root).runs[0]
  }
  const now = Date.now() / 1000
  const point = event(now, 1, scalar('x', 1))
  const old = event(1_700_000_000, 1, scalar('x', 1))
  expect(status(0, point)).toMatchObject({ status: 'running', end: null })
  expect(status(11 * 60_000, point)?.status).toBe('finished')
  expect(status(0, old)).toMatchObject({ status: 'finished', end: 1_700_000_000_000 })
  expect(status(0, point, event(now, 0, sessionEnd(1)))?.status).toBe('finished')
  expect(status(0, event(now, 0, sessionEnd(1)), point)?.status).toBe('finished')
  expect(status(0, event(now - 60, 0, sessionEnd(1)), point)?.status).toBe('running')
  expect(status(11 * 60_000, event(now - 60, 0, sessionEnd(1)), point)?.status).toBe('finished')
  expect(status(0, event(now, 0, sessionEnd(2)), point)?.status).toBe('failed')
})

test('hparams.yaml as Lightning writes it, with classes that are not made', () => {
  const yaml = [
    'batch_size: 32',
    'lr: 1.0e-05',
    'optimizer:',
    '  name: adam',
    '  betas:',
    '  - 0.9',
    '  - 0.999',
    'act: !!python/name:torch.nn.ReLU ""',
    'shape: !!python/tuple [1, 2]',
    'conf: !!python/object:x.Conf',
    '  a: yes',
    "id: '007'",
    'none: null',
    'empty: {}',
    '',
  ].join('\n')
  const root = writeFiles({ [`a/${first}`]: event(1, 1, scalar('x', 1)), 'a/hparams.yaml': yaml })
  const { runs, issues } = read(root)
  expect(runs[0]?.params).toEqual([
    ['batch_size', '32'],
    ['lr', '1.0e-05'],
    ['optimizer/name', 'adam'],
    ['optimizer/betas', '[0.9, 0.999]'],
    ['act', ''],
    ['shape', '[1, 2]'],
    ['conf/a', 'yes'],
    ['id', '007'],
    ['none', 'null'],
    ['empty', '{}'],
  ])
  expect(issues).toEqual([])
  for (const empty of ['', '{}\n', '# nothing\n']) {
    const one = read(writeFiles({ [`a/${first}`]: versionEvent, 'a/hparams.yaml': empty }))
    expect([one.runs[0]?.params, one.issues]).toEqual([[], []])
  }
  const bad = read(writeFiles({ [`a/${first}`]: versionEvent, 'a/hparams.yaml': 'a: [1\nb: }' }))
  expect(bad.issues).toEqual([['a/hparams.yaml', expect.stringContaining('is not YAML') as string]])
  expect(bad.runs).toHaveLength(1)
})

test('the runs of a logdir: the root by its name, hparams folders below their run', () => {
  const one = event(1, 1, scalar('x', 1))
  const folders = ['', 'exp', 'exp/1700000000.5', 'alone/1700000000.5']
  const root = writeFiles(Object.fromEntries(folders.map(folder => [path.join(folder, first), one])))
  const source = { ...tensorboardReader.describe(root), parts: ['.', 'alone/1700000000.5', 'exp', 'exp/1700000000.5', 'gone'] }
  expect(tensorboardReader.count(source)).toBe(5)
  const { records, runs, issues } = gathered(root, tensorboardReader.read(source, { known: () => undefined, copies: '' }))
  expect(records[0]).toMatchObject({ type: 'project', foreignId: '.', name: source.name })
  expect(runs.map(({ foreignId, name, parent }) => [foreignId, name, parent])).toEqual([
    ['.', path.basename(root), ''],
    ['alone/1700000000.5', 'alone/1700000000.5', ''],
    ['exp', 'exp', ''],
    ['exp/1700000000.5', 'exp/1700000000.5', 'exp'],
  ])
  expect(issues).toEqual([])
})
