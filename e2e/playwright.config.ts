import { defineConfig } from '@playwright/test'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** These install and build, which slows everything beside them and puts another build into place. */
const packed = ['packed.spec.ts', 'first-start.spec.ts']
const report = process.env['READOUT_REPORT']

export default defineConfig({
  testDir: import.meta.dirname,
  projects: [
    { name: 'app', testMatch: '**/*.spec.ts', testIgnore: packed },
    { name: 'packed', testMatch: packed, workers: 1 },
  ],
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: '../test-results',
  reporter: report ? [['list'], ['json', { outputFile: report }]] : 'list',
  use: { trace: 'off', launchOptions: { executablePath: process.env['READOUT_CHROMIUM'] ?? '/usr/bin/chromium', args: flags } },
})
