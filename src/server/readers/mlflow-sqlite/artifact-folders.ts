import { statSync } from 'node:fs'
import path from 'node:path'

/** Where MLflow's clients and server put artifacts by themselves, beside the database. */
const usualRoots = ['mlruns', 'mlartifacts']

/**
 * Finds artifacts that lie beside a database. What it has recorded is nearly always another machine's path: of that only the last
 * folders count, looked for beside the database, and never followed anywhere else.
 */
export class ArtifactFolders {
  readonly #directory: string

  constructor(file: string) {
    this.#directory = path.dirname(file)
  }

  /** Folder of a run's artifacts relative to the database (`../mlruns/…`), null where there is none. One may still come where the run goes on. */
  ofRun(experiment: string, run: string, uri: string, mayCome: boolean): string | null {
    return this.#find(uri, experiment, [run, 'artifacts'], mayCome)
  }

  ofModel(experiment: string, model: string, uri: string): string | null {
    return this.#find(uri, experiment, ['models', model, 'artifacts'], false)
  }

  #find(uri: string, experiment: string, tail: readonly string[], mayCome: boolean): string | null {
    const [root, named] = partsBefore(uri, tail)
    const roots = unique([root, ...usualRoots, '.'])
    const experiments = unique([named, experiment])
    if (!isName(experiment) || !tail.every(isName)) return null
    const candidates = roots.flatMap(folder => experiments.map(name => path.posix.join(folder, name, ...tail)))
    const found = candidates.find(candidate => isFolder(`${this.#directory}/${candidate}`))
    if (found !== undefined) return `../${found}`
    const coming = mayCome ? roots.find(folder => folder !== '.' && isFolder(`${this.#directory}/${folder}`)) : undefined
    return coming === undefined ? null : path.posix.join('..', coming, experiments[0] ?? experiment, ...tail)
  }
}

/** The two folders before the tail of a recorded path, where it ends so. */
function partsBefore(uri: string, tail: readonly string[]): [root: string, experiment: string] {
  const parts = uri.replaceAll('\\', '/').split('/')
  const rest = parts.slice(0, -tail.length)
  if (rest.length === 0 || tail.some((name, at) => parts[rest.length + at] !== name)) return ['', '']
  return [decoded(rest.at(-2) ?? ''), decoded(rest.at(-1) ?? '')]
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].filter(name => name === '.' || isName(name))
}

/** Can it be the name of one folder, and a visible one? */
function isName(name: string): boolean {
  return name !== '' && !name.startsWith('.') && !/[/\\:\p{Cc}]/u.test(name)
}

function isFolder(directory: string): boolean {
  try {
    return statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true
  } catch {
    return false
  }
}
