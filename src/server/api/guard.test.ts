import { expect, test } from 'vitest'

import { refusal, type RequestHead } from './guard.ts'

function head(method: string, target: string, headers: Record<string, string | string[]>): RequestHead {
  const rawHeaders = Object.entries(headers).flatMap(([name, value]) => [value].flat().flatMap(one => [name, one]))
  return { method, target, rawHeaders }
}

const get = (headers: Record<string, string | string[]>, target = '/api/health') =>
  refusal(head('GET', target, { Host: 'localhost:5173', ...headers }))?.kind ?? null
const post = (headers: Record<string, string | string[]>) =>
  refusal(head('POST', '/api/runs', { Host: 'localhost:5173', ...headers }))?.kind ?? null

test.each(['localhost', 'localhost:5173', 'LocalHost:1', '127.0.0.1', '127.0.0.1:65535', '127.255.255.254:80', '[::1]', '[::1]:5173'])(
  'Host %s is this machine',
  host => {
    expect(get({ Host: host })).toBe(null)
  },
)

test.each([
  'evil.example',
  'evil.example:5173',
  'localhost.evil.example',
  'evil.localhost',
  'localhost.',
  'LOCALHOST.:5173',
  'localhost@evil.example',
  'localhost:5173@evil.example',
  '192.168.evil.example',
  '10.evil.example',
  '10.0.0.1',
  '0.0.0.0',
  '127.1',
  '0177.0.0.1',
  '127.0.0.01',
  '127.0.0.256',
  '0x7f.0.0.1',
  '2130706433',
  '127.0.0.1.evil.example',
  '[::ffff:7f00:1]',
  '[::ffff:127.0.0.1]',
  '[0:0:0:0:0:0:0:1]',
  '::1',
  '[::1',
  'localhost:',
  'localhost:0',
  'localhost:99999',
  'localhost:5173,evil.example',
  'localhost/',
  'localhost ',
  '',
])('Host %j is not', host => {
  expect(get({ Host: host })).toBe('misdirected')
})

test('exactly one Host', () => {
  expect(refusal(head('GET', '/', {}))?.kind).toBe('invalid')
  expect(get({ Host: ['localhost:5173', 'evil.example'] })).toBe('invalid')
  expect(refusal(head('GET', '/', { Host: 'localhost', host: 'localhost' }))?.kind).toBe('invalid')
})

test('X-Forwarded-Host decides nothing', () => {
  expect(get({ Host: 'evil.example', 'X-Forwarded-Host': 'localhost' })).toBe('misdirected')
  expect(get({ 'X-Forwarded-Host': 'evil.example' })).toBe(null)
})

test.each([
  ['a Python client', {}, null, null],
  ['our page, a browser without Sec-Fetch', { origin: 'http://localhost:5173' }, null, null],
  ['our page, reading', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, null, 'forbidden'],
  ['our page, sending', { origin: 'http://localhost:5173', 'sec-fetch-site': 'same-origin' }, null, null],
  ['an address typed by hand', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, null, 'forbidden'],
  ['a page on another port', { origin: 'http://localhost:9999', 'sec-fetch-site': 'same-site' }, 'forbidden', 'forbidden'],
  ['an image on another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'image' }, 'forbidden', 'forbidden'],
  ['a script on another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'script' }, 'forbidden', 'forbidden'],
  [
    'a link on another site to the API',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    'forbidden',
    'forbidden',
  ],
  ['another site, an old browser', { origin: 'https://attacker.example' }, 'forbidden', 'forbidden'],
  ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 'forbidden', 'forbidden'],
  ['a sandboxed frame, an old browser', { origin: 'null' }, 'forbidden', 'forbidden'],
  ['a name that begins as ours', { origin: 'http://localhost:5173.evil.example' }, 'forbidden', 'forbidden'],
  ['the same host on another port', { origin: 'http://localhost:51730' }, 'forbidden', 'forbidden'],
  ['another name of this machine', { origin: 'http://127.0.0.1:5173' }, 'forbidden', 'forbidden'],
  ['a browser that hides Sec-Fetch-Site', { 'sec-fetch-dest': 'image' }, 'forbidden', 'forbidden'],
  ["Node's fetch", { 'sec-fetch-mode': 'cors' }, null, null],
  ['two origins', { origin: ['http://localhost:5173', 'http://evil.example'] }, 'invalid', 'invalid'],
])('%s', (_, headers: Record<string, string | string[]>, read, write) => {
  expect([get(headers), post(headers)]).toEqual([read, write])
})

test('a forwarded port: Origin is compared with Host, whatever port we listen on', () => {
  expect(post({ Host: 'localhost:8888', origin: 'http://localhost:8888', 'sec-fetch-site': 'same-origin' })).toBe(null)
  expect(post({ Host: 'localhost:8888', origin: 'http://localhost:5173', 'sec-fetch-site': 'same-site' })).toBe('forbidden')
})

test('a page may be opened from a link elsewhere, but not embedded, fetched or posted to', () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  expect(get(link, '/runs/1')).toBe(null)
  expect(get(link, '/apis')).toBe(null)
  expect(get({ ...link, 'sec-fetch-dest': 'iframe' }, '/runs/1')).toBe('forbidden')
  expect(get({ ...link, 'sec-fetch-mode': 'no-cors' }, '/assets/index.js')).toBe('forbidden')
  expect(get(link, '/__open-in-editor?file=x')).toBe('forbidden')
  expect(refusal(head('POST', '/', { Host: 'localhost', ...link }))?.kind).toBe('forbidden')
})

test.each(['/api/health', '/%61pi/health', '/API/health', '/api', '/api?x'])('%s counts as the API however it is spelt', target => {
  expect(get({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, target)).toBe('forbidden')
})

test('no WebSocket, but other upgrades are left to be ignored', () => {
  expect(get({ Upgrade: 'websocket', Connection: 'Upgrade' }, '/')).toBe('invalid')
  expect(get({ Upgrade: 'h2c', Connection: 'Upgrade, HTTP2-Settings' }, '/')).toBe(null)
})
