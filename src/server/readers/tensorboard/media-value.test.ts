import { expect, test } from 'vitest'

import { audioOf, bucketsOf, imageOf, prCurveOf, textsOf } from './media-value.ts'
import { event, scalar, tensorValue, wire } from './test-events.ts'
import { WireError } from './wire.ts'

/** The event without the frame of its record. */
const data = (...values: Buffer[]) => event(1, 3, scalar('loss', 1), ...values).subarray(12, -4)
const doubles = (field: number, ...values: number[]) => wire.bytes(field, ...values.map(value => wire.double(0, value).subarray(1)))
const shapeOf = (...sizes: number[]) => wire.bytes(2, ...sizes.map(size => wire.bytes(2, wire.varint(1, size))))
const strings = (...texts: string[]) => texts.map(text => wire.bytes(8, text))

test('images of TensorFlow 1 and of a tensor, by their number', () => {
  const plain = data(wire.bytes(1, wire.bytes(1, 'a'), wire.bytes(4, wire.varint(1, 2), wire.varint(2, 3), wire.bytes(4, 'png'))))
  expect(imageOf(plain, 'a', 0).toString()).toBe('png')
  expect(() => imageOf(plain, 'a', 1)).toThrow('no image 1 among 1')
  expect(() => imageOf(plain, 'b', 0)).toThrow(WireError)
  const batch = data(tensorValue('a', [wire.varint(1, 7), shapeOf(4), ...strings('3', '2', 'one', 'two')], 'images'))
  expect(imageOf(batch, 'a', 1).toString()).toBe('two')
})

test('texts of a scalar, a list and a table', () => {
  const texts = (...tensor: Buffer[]) => textsOf(data(tensorValue('t', [wire.varint(1, 7), ...tensor], 'text')), 't')
  expect(texts(shapeOf(), ...strings('one'))).toEqual({ texts: ['one'], columns: 1 })
  expect(texts(shapeOf(2), ...strings('a', 'b ü'))).toEqual({ texts: ['a', 'b ü'], columns: 1 })
  expect(texts(shapeOf(2, 2), ...strings('a', 'b', 'c', 'd'))).toEqual({ texts: ['a', 'b', 'c', 'd'], columns: 2 })
})

test('a histogram of TensorFlow 1 begins at its least value and ends at its greatest', () => {
  const histogram = wire.bytes(
    5,
    wire.double(1, -0.5),
    wire.double(2, 2.5),
    doubles(6, -1.7e308, 0, 1, 3, 1.7e308),
    doubles(7, 0, 4, 0, 2, 0),
  )
  expect(bucketsOf(data(wire.bytes(1, wire.bytes(1, 'w'), histogram)), 'w')).toEqual([
    [-0.5, 0, 4],
    [0, 1, 0],
    [1, 2.5, 2],
  ])
})

test('a histogram of a tensor, as content and as numbers', () => {
  const floats = Buffer.from(Float32Array.of(0, 1, 5, 1, 2, 7).buffer)
  const rows = [
    [0, 1, 5],
    [1, 2, 7],
  ]
  const of = (...tensor: Buffer[]) => bucketsOf(data(tensorValue('w', [...tensor, shapeOf(2, 3)], 'histograms')), 'w')
  expect(of(wire.varint(1, 1), wire.bytes(4, floats))).toEqual(rows)
  expect(of(wire.varint(1, 1), wire.bytes(5, floats))).toEqual(rows)
  expect(of(wire.varint(1, 2), wire.bytes(4, Buffer.from(Float64Array.of(0, 1, 5, 1, 2, 7).buffer)))).toEqual(rows)
  expect(of(wire.varint(1, 2), doubles(6, 0, 1, 5, 1, 2, 7))).toEqual(rows)
})

test('numbers that are written one by one take no longer than those that are packed', () => {
  const count = 200_000
  const loose = (field: number) => Buffer.concat(Array.from({ length: count }, () => wire.double(field, 1)))
  const event = data(wire.bytes(1, wire.bytes(1, 'w'), wire.bytes(5, loose(6), loose(7))))
  expect(bucketsOf(event, 'w')).toHaveLength(count)
})

test('audio of TensorFlow 1 and of a tensor with labels', () => {
  expect(audioOf(data(wire.bytes(1, wire.bytes(1, 'a'), wire.bytes(6, wire.float(1, 8), wire.bytes(4, 'wav')))), 'a', 0).toString()).toBe(
    'wav',
  )
  const clips = data(tensorValue('a', [wire.varint(1, 7), shapeOf(2, 2), ...strings('one', 'l1', 'two', 'l2')], 'audio'))
  expect(audioOf(clips, 'a', 1).toString()).toBe('two')
})

test('an event that is cut anywhere is no value, and nothing else is thrown', () => {
  const whole = data(tensorValue('w', [wire.varint(1, 1), wire.bytes(4, Buffer.alloc(24)), shapeOf(2, 3)], 'histograms'))
  for (let end = 0; end < whole.length; end += 1) {
    try {
      bucketsOf(Buffer.from(whole.subarray(0, end)), 'w')
    } catch (error) {
      expect(error).toBeInstanceOf(WireError)
    }
  }
})

test('a precision-recall curve is six rows of one length', () => {
  const curve = (count: number) => {
    const numbers = Buffer.from(Float32Array.from({ length: count }, (_, at) => at).buffer)
    return prCurveOf(
      data(tensorValue('pr', [wire.varint(1, 1), wire.bytes(4, numbers), shapeOf(6, Math.floor(count / 6))], 'pr_curves')),
      'pr',
    )
  }
  expect(curve(12)).toEqual([
    [0, 1],
    [2, 3],
    [4, 5],
    [6, 7],
    [8, 9],
    [10, 11],
  ])
  expect(() => curve(0)).toThrow(WireError)
  expect(() => curve(13)).toThrow('13 numbers are no six rows of a curve')
})
