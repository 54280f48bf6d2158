import { expect, test } from 'vitest'

import { fileName } from './save-file.ts'

test.each([
  ['val/loss', 'val-loss.png'],
  ['../../etc/passwd', 'etc-passwd.png'],
  ['précision @5', 'précision-5.png'],
  ['///', 'chart.png'],
])('%j is saved as %j', (key, name) => {
  expect(fileName(key, 'png')).toBe(name)
})
