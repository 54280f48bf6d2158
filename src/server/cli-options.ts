import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { nearest } from '#contract/nearest.ts'

/** What a start was asked for. Every path is absolute. */
export interface CliOptions {
  /** Folders and files to read, in the order given; they need not exist. */
  paths: string[]
  /** Folder of the database; undefined for the place that follows from the first path. */
  home: string | undefined
  /** Folder of the README files; undefined for `reports` in the home. */
  reports: string | undefined
  /** 0 for any free port, undefined for the usual one. */
  port: number | undefined
  /** Open a browser. */
  open: boolean
  /** Path, id or name of the source to forget; undefined for a server. */
  forget: string | undefined
}

export type CliRequest = { kind: 'main'; options: CliOptions } | { kind: 'version' } | { kind: 'help' } | { kind: 'error'; message: string }

export const helpText = `Usage: readout [path…] [options]
       readout forget <source> [--home <folder>]

Opens the MLflow run folders (mlruns) and TensorBoard logdirs below each path.
Without a path it shows the demo project, with --home alone the sources of earlier starts. forget removes a source from the home; its files stay as they are.

  --home <folder>     keep the database here instead of in .readout beside the first path
  --port <number>     listen here, or at the next free port (7171); 0 takes any
  --no-open           do not open a browser
  --host <address>    only 127.0.0.1, which is what it listens at anyway
  --version, --help
`

const known = {
  home: { type: 'string' },
  reports: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  open: { type: 'boolean' },
  'no-open': { type: 'boolean' },
  version: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const
const spellings = Object.keys(known).map(name => `--${name}`)

class CliError extends Error {}

/**
 * Returns what the arguments ask for; relative paths start at `cwd`. An argument that cannot be understood comes back as a sentence for
 * the user. `--help` and `--version` win over everything else, faults too.
 */
export function parseCli(argv: readonly string[], cwd: string): CliRequest {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: known,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  if (values['help']) return { kind: 'help' }
  if (values['version']) return { kind: 'version' }
  try {
    for (const token of tokens) if (token.kind === 'option') checkOption(token)
    return { kind: 'main', options: optionsOf(values, positionals, cwd) }
  } catch (error) {
    if (error instanceof CliError) return { kind: 'error', message: error.message }
    throw error
  }
}

interface OptionToken {
  name: string
  rawName: string
  value?: string | undefined
  inlineValue?: boolean | undefined
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken): void {
  const option = Object.hasOwn(known, name) ? known[name as keyof typeof known] : undefined
  if (!option) {
    const near = nearest(rawName, spellings)
    throw new CliError(`There is no option ${rawName}.${near ? ` Is it ${near}?` : ''} See readout --help.`)
  }
  if (option.type === 'boolean' && value !== undefined) throw new CliError(`${rawName} takes no value.`)
  if (option.type === 'string' && (!value || (!inlineValue && value.startsWith('-')))) throw new CliError(`${rawName} needs a value.`)
}

function optionsOf(values: Record<string, unknown>, positionals: readonly string[], cwd: string): CliOptions {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  const folder = (name: string) => {
    const given = text(name)
    return given === undefined ? undefined : path.resolve(cwd, given)
  }
  checkHost(text('host'))
  const options: CliOptions = {
    paths: positionals.map(given => path.resolve(cwd, given)),
    home: folder('home'),
    reports: folder('reports'),
    port: portOf(text('port')),
    open: !values['no-open'],
    forget: undefined,
  }
  return positionals[0] === 'forget' ? forgetting(options, positionals.slice(1), cwd) : options
}

/** A source given as a path is looked for in the home beside it, one given by name in the home of this folder. */
function forgetting(options: CliOptions, sources: readonly string[], cwd: string): CliOptions {
  const [source] = sources
  if (source === undefined || sources.length > 1) {
    throw new CliError(
      'readout forget takes one source: its path, name or id. (A folder of runs that is called forget is opened as ./forget.)',
    )
  }
  const resolved = path.resolve(cwd, source)
  if (/[/\\]/.test(source) || existsSync(resolved)) return { ...options, paths: [resolved], forget: resolved }
  const here = path.join(cwd, '.readout')
  return { ...options, paths: [], home: options.home ?? (existsSync(here) ? here : undefined), forget: source }
}

function portOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  const port = Number(given)
  if (!/^\d+$/.test(given) || port > 65_535) throw new CliError(`--port takes a number from 0 to 65535, not ${given}.`)
  return port
}

/** Off loopback everybody on the network could read and change the runs, since nothing asks who they are. */
function checkHost(host: string | undefined): void {
  if (host === undefined || host === '127.0.0.1' || host === 'localhost') return
  throw new CliError(
    `Readout listens at 127.0.0.1 only, not at ${host}: it has no passwords, so whoever reached it there could read and change your runs. ` +
      'From another machine, come through SSH: ssh -L 7171:127.0.0.1:7171 <this machine>',
  )
}
