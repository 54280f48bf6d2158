// A Chromium for the tests: the system's, else one that Playwright downloaded, else the distribution's package, else Playwright's download.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'

import { SetupError } from '../src/server/setup.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const applications = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** True for a program that starts: Ubuntu's `chromium-browser` is only a script that asks for snap. */
function works(file) {
  try {
    accessSync(file, constants.X_OK)
  } catch {
    return false
  }
  return spawnSync(file, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}

function onSystem() {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const candidates = names.flatMap(name => folders.map(folder => path.join(folder, name)))
  return [process.env.READOUT_CHROMIUM, ...candidates, ...applications].find(file => file && works(file))
}

async function downloaded() {
  const { chromium } = await import('@playwright/test')
  const file = chromium.executablePath()
  return works(file) ? file : undefined
}

function fromDistribution() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
  apt('update')
  return apt('install', '-y', '--no-install-recommends', 'chromium') ? onSystem() : undefined
}

async function byDownload(root) {
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: 300_000 })
  return await downloaded()
}

/** Path of a Chromium, installed when there is none. Throws a SetupError where none can be had. */
export async function findChromium(root, say) {
  const there = onSystem() ?? (await downloaded())
  if (there) return there
  say('Installing a Chromium…')
  const found = fromDistribution() ?? (await byDownload(root))
  if (found) return found
  throw new SetupError('The browser tests need a Chromium, and none could be installed. Install one, or set READOUT_CHROMIUM to its path.')
}
