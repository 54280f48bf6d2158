import { expect, test } from 'vitest'

import { EventDecoder, type EventSink, type OtherValue } from './event-decoder.ts'
import { TagTable } from './tag-table.ts'
import { event, scalar, tensorValue, wire } from './test-events.ts'
import { kindOfValue, type ValueShape } from './value-kind.ts'

type Point = [tag: string, step: number | bigint, time: number, value: number, float32: boolean]

function decode(...events: Buffer[]) {
  const points: Point[] = []
  const others: OtherValue[] = []
  const faults: string[] = []
  const sink: EventSink = {
    event: () => {},
    point: (tag, step, time, value, float32) => points.push([tag.key, step, time, value, float32]),
    other: value => others.push(value),
    fault: reason => faults.push(reason),
  }
  const decoder = new EventDecoder(new TagTable(), sink)
  for (const framed of events) {
    const view = new DataView(framed.buffer, framed.byteOffset, framed.byteLength)
    decoder.decode(framed, view, 12, framed.length - 4, 0)
  }
  return { points, others, faults }
}

test('values of TensorFlow 1 and PyTorch: exactly the float32, any step, several in an event', () => {
  const steps = [0, 1, 127, 128, 300_000, 2 ** 32, 2 ** 53 - 1, 2n ** 53n, 2n ** 63n - 1n, -1, -(2n ** 63n)]
  const { points } = decode(...steps.map(step => event(1_700_000_000.25, step, scalar('loss', 0.1), scalar('a/b c', -0))))
  expect(points.filter(([tag]) => tag === 'loss')).toEqual(steps.map(step => ['loss', step, 1_700_000_000.25, Math.fround(0.1), true]))
  expect(Object.is(points[1]?.[3], -0)).toBe(true)
  const special = [Number.NaN, Infinity, -Infinity, 3.4028234663852886e38, 1e-45, 0]
  expect(decode(...special.map(value => event(1, 1, scalar('x', value)))).points.map(([, , , value]) => value)).toEqual(
    special.map(Math.fround),
  )
})

test('one scalar an event, which is read in one pass, gives what the walk through the fields gives', () => {
  for (const tag of ['', 'x', 'é/損失', 'a'.repeat(90), 'b'.repeat(111), 'c'.repeat(130)]) {
    for (const step of [1, 127, 128, 2 ** 28, 2 ** 35 - 1, 2 ** 35, 2 ** 50, -3]) {
      const one = event(7.5, step, scalar(tag, 2.5))
      // A field more in the summary keeps the short way from being taken.
      const walked = event(7.5, step, scalar(tag, 2.5), wire.bytes(2, ''))
      expect(decode(one).points).toEqual([[tag, step, 7.5, 2.5, true]])
      expect(decode(walked).points).toEqual(decode(one).points)
    }
  }
})

test('fields in another order, unknown fields, two summaries', () => {
  const framed = event(0, 0)
  const body = Buffer.concat([
    wire.bytes(5, scalar('a', 1)),
    wire.varint(90, 3),
    wire.bytes(91, 'x'),
    wire.float(92, 1),
    wire.double(93, 1),
    wire.varint(2, 9),
    wire.bytes(5, scalar('b', 2)),
    wire.double(1, 4),
  ])
  const data = Buffer.concat([framed.subarray(0, 12), body, Buffer.alloc(4)])
  expect(decode(data).points).toEqual([
    ['a', 9, 4, 1, true],
    ['b', 9, 4, 2, true],
  ])
})

const half = (value: number) => ({ 1: 0x3c00, 0.5: 0x3800, '-2': 0xc000, Infinity: 0x7c00, 6e-8: 1 })[String(value)] ?? 0
const little = (size: number, write: (bytes: Buffer) => void) => {
  const bytes = Buffer.alloc(size)
  write(bytes)
  return bytes
}
const type = (dtype: number) => wire.varint(1, dtype)
const shape = (...dims: number[]) => wire.bytes(2, ...dims.map(size => wire.bytes(2, wire.varint(1, size))))

test.each<[name: string, fields: Buffer[], value: number, float32: boolean]>([
  [
    'float, packed',
    [
      type(1),
      shape(),
      wire.bytes(
        5,
        little(4, bytes => bytes.writeFloatLE(0.1)),
      ),
    ],
    Math.fround(0.1),
    true,
  ],
  ['float, alone', [type(1), wire.float(5, 0.1)], Math.fround(0.1), true],
  [
    'float, content',
    [
      type(1),
      wire.bytes(
        4,
        little(4, bytes => bytes.writeFloatLE(-2.5)),
      ),
    ],
    -2.5,
    true,
  ],
  [
    'double',
    [
      type(2),
      wire.bytes(
        6,
        little(8, bytes => bytes.writeDoubleLE(0.1)),
      ),
    ],
    0.1,
    false,
  ],
  [
    'double, content',
    [
      type(2),
      wire.bytes(
        4,
        little(8, bytes => bytes.writeDoubleLE(0.1)),
      ),
    ],
    0.1,
    false,
  ],
  ['half', [type(19), wire.varint(13, half(0.5))], 0.5, true],
  [
    'half, content',
    [
      type(19),
      wire.bytes(
        4,
        little(2, bytes => bytes.writeUInt16LE(half(-2))),
      ),
    ],
    -2,
    true,
  ],
  ['half, infinite', [type(19), wire.varint(13, half(Infinity))], Infinity, true],
  ['half, subnormal', [type(19), wire.varint(13, 1)], 2 ** -24, true],
  ['bfloat16', [type(14), wire.varint(13, 0x4049)], 3.140625, true],
  ['int32, negative', [type(3), wire.varint(7, -7)], -7, false],
  ['int64, packed', [type(9), wire.bytes(10, wire.varint(0, 300).subarray(1))], 300, false],
  [
    'int64, content',
    [
      type(9),
      wire.bytes(
        4,
        little(8, bytes => bytes.writeBigInt64LE(-5n)),
      ),
    ],
    -5,
    false,
  ],
  ['uint8', [type(4), wire.varint(7, 200)], 200, false],
  ['uint64', [type(23), wire.varint(17, 2n ** 63n)], 2 ** 63, false],
  ['bool', [type(10), wire.varint(11, 1)], 1, false],
  ['nothing written is zero', [type(1), shape()], 0, true],
])('tensor of rank 0: %s', (_, fields, value, float32) => {
  const { points, others, faults } = decode(event(1, 2, tensorValue('t', fields, 'scalars')))
  expect(points).toEqual([['t', 2, 1, value, float32]])
  expect([others, faults]).toEqual([[], []])
})

test('the plugin of a tag stands with its first value only', () => {
  const one = [type(1), shape(1), wire.float(5, 3)]
  const { points, others } = decode(
    event(1, 1, tensorValue('t', one, 'scalars'), tensorValue('h', one, 'histograms')),
    event(2, 2, tensorValue('t', one), tensorValue('h', one)),
  )
  expect(points.map(([tag, step]) => [tag, step])).toEqual([
    ['t', 1],
    ['t', 2],
  ])
  expect(others.map(({ tag, kind, step, time }) => [tag.key, tag.plugin, kind, step, time])).toEqual([
    ['h', 'histograms', 'histogram', 1, 1],
    ['h', 'histograms', 'histogram', 2, 2],
  ])
})

test('where another value lies is told, so that it can be found again', () => {
  const value = tensorValue('text', [type(7), wire.bytes(8, 'hello')], 'text')
  const framed = event(1, 1, scalar('a', 1), value)
  const [found] = decode(framed).others
  expect(found?.kind).toBe('text')
  expect(framed.subarray(found?.start, found?.end).equals(value.subarray(2))).toBe(true)
})

test('a scalar that is no number is told once a tag', () => {
  const text = [type(7), wire.bytes(8, 'x')]
  const { points, faults } = decode(event(1, 1, tensorValue('t', text, 'scalars')), event(1, 2, tensorValue('t', text)))
  expect(points).toEqual([])
  expect(faults).toEqual([
    'the event at byte 0 has a value of the tag "t" of type 7 (tensorflow/core/framework/types.proto), expected a number; such values are left out',
  ])
})

test('bytes that are no event throw, wherever they are cut', () => {
  const framed = event(1, 300, scalar('a', 1), tensorValue('t', [type(1), shape(1), wire.float(5, 3)], 'scalars'))
  for (let end = 13; end < framed.length - 4; end += 1) {
    const cut = Buffer.concat([framed.subarray(0, end), Buffer.alloc(4)])
    const { points } = (() => {
      try {
        return decode(cut)
      } catch (error) {
        expect(error).toMatchObject({ name: 'WireError' })
        return { points: [] }
      }
    })()
    expect(points).toEqual([])
  }
})

test.each<[Partial<ValueShape>, string]>([
  [{ carrier: 'simple' }, 'scalar'],
  [{ carrier: 'simple', plugin: 'custom' }, 'scalar'],
  [{ carrier: 'image' }, 'image'],
  [{ carrier: 'histogram' }, 'histogram'],
  [{ carrier: 'audio' }, 'audio'],
  [{ plugin: 'scalars' }, 'scalar'],
  [{ plugin: 'scalars', rank: 1, elements: 3 }, 'other'],
  [{ plugin: '' }, 'scalar'],
  [{ plugin: '', dtype: 7 }, 'other'],
  [{ plugin: '', rank: 1 }, 'other'],
  [{ plugin: 'mine' }, 'other'],
  [{ plugin: 'mine', dataClass: 1 }, 'scalar'],
  [{ plugin: 'images', dtype: 7, rank: 1, elements: 3 }, 'image'],
  [{ plugin: 'text', dtype: 7, rank: 1 }, 'text'],
  [{ plugin: 'pr_curves', rank: 2, elements: 762 }, 'pr-curve'],
  [{ plugin: 'hparams', carrier: 'none' }, 'hparams'],
  [{ plugin: 'graph_keras_model', dtype: 7 }, 'graph'],
  [{ plugin: '__proto__' }, 'other'],
  [{ carrier: 'none' }, 'other'],
])('%j is of the kind %s', (change, kind) => {
  expect(kindOfValue({ carrier: 'tensor', plugin: '', dataClass: 0, dtype: 1, elements: 1, rank: 0, ...change })).toBe(kind)
})
