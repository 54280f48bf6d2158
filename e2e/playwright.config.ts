import { defineConfig } from '@playwright/test'

import { chromiumFlags } from './chromium-flags.ts'

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
  use: { trace: 'off', launchOptions: { executablePath: process.env['READOUT_CHROMIUM'] ?? '/usr/bin/chromium', args: chromiumFlags } },
})
