// A Chromium for the tests: the system's, else Playwright's own download, else the distribution's package.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const applications = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

function executable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function onSystem() {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const candidates = names.flatMap(name => folders.map(folder => path.join(folder, name)))
  return [process.env.READOUT_CHROMIUM, ...candidates, ...applications].find(file => file && executable(file)) ?? null
}

async function fromPlaywright(root) {
  const { chromium } = await import('@playwright/test')
  if (existsSync(chromium.executablePath())) return chromium.executablePath()
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  const done = spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: 300_000 })
  return done.status === 0 && existsSync(chromium.executablePath()) ? chromium.executablePath() : null
}

function fromDistribution() {
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
  if (!apt('--version')) return null
  apt('update')
  return apt('install', '-y', '--no-install-recommends', 'chromium') ? onSystem() : null
}

/** Path of a Chromium, installed when there is none. Throws where none can be had. */
export async function findChromium(root, say) {
  const there = onSystem()
  if (there) return there
  say('Installing a Chromium…')
  const found = (await fromPlaywright(root)) ?? fromDistribution()
  if (!found)
    throw new Error('The browser tests need a Chromium, and none could be installed. Install one, or set READOUT_CHROMIUM to its path.')
  return found
}
