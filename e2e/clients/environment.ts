import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

const oldestPython = [3, 10]

/** A Python that both clients run on, or why there is none. */
export type FoundPython = { command: string; version: string } | { missing: string }

export function findPython(): FoundPython {
  let tooOld = ''
  for (const command of ['python3', 'python']) {
    const { status, stdout } = spawnSync(command, ['-c', 'import platform; print(platform.python_version())'], { encoding: 'utf8' })
    if (status !== 0) continue
    const version = stdout.trim()
    const [major = 0, minor = 0] = version.split('.').map(Number)
    if (major > (oldestPython[0] ?? 0) || (major === oldestPython[0] && minor >= (oldestPython[1] ?? 0))) return { command, version }
    tooOld = version
  }
  const wanted = oldestPython.join('.')
  return {
    missing: tooOld === '' ? `No Python ${wanted} or newer here` : `Python here is ${tooOld}, and the clients need ${wanted} or newer`,
  }
}

/** What a Python subprocess may see: no settings of the user's own MLflow, and no traffic but to this machine. */
export function pythonEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:MLFLOW_|DATABRICKS_|PYTHON(?:PATH|HOME|STARTUP)$|VIRTUAL_ENV$)/.test(name),
  )
  return {
    ...Object.fromEntries(kept),
    DO_NOT_TRACK: 'true',
    GIT_PYTHON_REFRESH: 'quiet',
    MLFLOW_ALLOW_FILE_STORE: 'true',
    MLFLOW_DISABLE_TELEMETRY: 'true',
    PYTHONUTF8: '1',
    PYTHONWARNINGS: 'ignore',
  }
}

/** Runs a command to its end. Throws with what it printed where it does not succeed. */
export function run(command: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: pythonEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let faults = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (faults += text))
    child.on('error', reject)
    child.on('close', code => {
      if (code === 0) resolve(output)
      else
        reject(
          new Error(`${path.basename(command)} ${args.slice(0, 4).join(' ')} ended with ${code}:\n${(faults || output).slice(-4_000)}`),
        )
    })
  })
}

/**
 * Path of a Python that has the requirements, in a virtual environment of the user's cache folder. It is made under another name and
 * moved when complete, so that an interrupted installation is never taken for a whole one.
 */
export async function prepareClient(python: { command: string; version: string }, requirements: string[]): Promise<string> {
  const hash = createHash('sha256')
    .update([...requirements, python.version, process.platform, process.arch].join('\n'))
    .digest('hex')
    .slice(0, 16)
  const cache = path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'readout')
  const folder = path.join(cache, `clients-${hash}`)
  const executable = process.platform === 'win32' ? path.join('Scripts', 'python.exe') : path.join('bin', 'python')
  if (existsSync(path.join(folder, 'complete'))) return path.join(folder, executable)
  mkdirSync(cache, { recursive: true })
  console.log(`Installing ${requirements.join(', ')}…`)
  const building = `${folder}.${process.pid}`
  try {
    await run(python.command, ['-m', 'venv', building], cache)
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements]
    await run(path.join(building, executable), pip, cache)
    writeFileSync(path.join(building, 'complete'), requirements.join('\n'))
    rmSync(folder, { recursive: true, force: true })
    renameSync(building, folder)
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
  return path.join(folder, executable)
}
