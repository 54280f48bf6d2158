import { expect, test } from 'vitest'

import { bucketTexts, histogramCsv } from './histogram-csv.ts'

test('a histogram is a row for each bucket, with all digits', () => {
  const buckets: [number | 'Infinity', number | 'Infinity', number][] = [
    [-0.5, 0.1, 4],
    [0.1, 1e300, 0],
    [1e300, 'Infinity', 2],
  ]
  expect(histogramCsv({ step: 3, time: 0, buckets })).toBe('left,right,count\r\n-0.5,0.1,4\r\n0.1,1e+300,0\r\n1e+300,Infinity,2\r\n')
  expect(histogramCsv({ step: 3, time: 0, buckets: [] })).toBe('left,right,count\r\n')
})

test('in a table, numbers are rounded to what tells limits apart', () => {
  expect(bucketTexts({ step: 0, time: 0, buckets: [[-1.1000000000000002e-12, 1.2100000000000002, 12_345_678]] })).toEqual([
    ['−1.1e−12', '1.21', '12345678'],
  ])
})
