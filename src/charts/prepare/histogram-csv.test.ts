import { expect, test } from 'vitest'

import { histogramCsv } from './histogram-csv.ts'

test('a histogram is a row for each bucket, with all digits', () => {
  const buckets: [number | 'Infinity', number | 'Infinity', number][] = [
    [-0.5, 0.1, 4],
    [0.1, 1e300, 0],
    [1e300, 'Infinity', 2],
  ]
  expect(histogramCsv({ step: 3, time: 0, buckets })).toBe('left,right,count\r\n-0.5,0.1,4\r\n0.1,1e+300,0\r\n1e+300,Infinity,2\r\n')
  expect(histogramCsv({ step: 3, time: 0, buckets: [] })).toBe('left,right,count\r\n')
})
