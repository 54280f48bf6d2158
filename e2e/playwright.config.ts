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

export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '**/*.spec.ts',
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: '../test-results',
  reporter: process.env['READOUT_REPORT'] ? [['list'], ['json', { outputFile: process.env['READOUT_REPORT'] }]] : 'list',
  use: { trace: 'off', launchOptions: { executablePath: process.env['READOUT_CHROMIUM'] ?? '/usr/bin/chromium', args: flags } },
})
