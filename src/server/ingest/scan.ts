import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'

import type { ReadIssue } from '#contract/source.ts'
import type { FileKind, FoundSource, RunReader, SourceParts } from '#server/readers/reader.ts'
import { readers } from '#server/readers/registry.ts'
import { isGone, readFaultReason } from '#server/readers/text-file.ts'

import { kindOfFile, SeenFormats, type SeenKind } from './seen-formats.ts'

export interface ScanProgress {
  folders: number
  files: number
  sources: number
  /** The folder looked at last. */
  path: string
}

export interface ScanResult {
  sources: FoundSource[]
  /** What holds runs in a format that is not read, path by path given. */
  seen: SeenKind[]
}

type Report = (issue: ReadIssue) => void

/** What a user who gave a wrong path should have given. */
const expected = 'expected a folder with MLflow runs (usually named mlruns), an MLflow database or TensorBoard event files in it'
/** Folders of tools: large, and never holding a user's runs. */
const skipped = new Set(
  (
    'node_modules .git .hg .svn .venv venv site-packages dist-packages __pycache__ .readout .tox .nox .mypy_cache ' +
    '.pytest_cache .ruff_cache .ipynb_checkpoints .conda .dvc'
  ).split(' '),
)
/** The kernel's own trees, met where a user gives `/`. */
const systemFolders = new Set(['/proc', '/sys', '/dev', '/run'])
/** Folders named so hold the artifacts of one run or model, which are never runs themselves, whatever is planted in them. */
const ownsArtifacts = /^(?:m-)?[0-9a-f]{32}$/
const artifactFolder = 'MLflow artifact folder (its run is kept in a database)'
const depthLimit = 12
const foldersPerStep = 250

/** Finds the sources below the paths, all in one go. Same rules as `scanSteps`. */
export function scan(paths: readonly string[], onFound: (source: FoundSource) => void, onIssue: Report): ScanResult {
  const steps = scanSteps(paths, onFound, onIssue)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * Finds the sources at or below the paths given, shallow ones first, and yields its progress every 250 folders. It looks at
 * names only, goes 12 folders deep, not into found sources, and through no link but the paths themselves. Sources that are known by
 * their parts alone are told when all below a path was looked at. A path that leads to no source is an issue; so is what lies below it
 * in formats that are not read.
 */
export function* scanSteps(
  paths: readonly string[],
  onFound: (source: FoundSource) => void,
  onIssue: Report,
): Generator<ScanProgress, ScanResult> {
  const sources: FoundSource[] = []
  const seen: SeenKind[] = []
  const walked = new Set<string>()
  const found = (source: FoundSource) => {
    sources.push(source)
    onFound(source)
  }
  const roots = [...new Set(paths.map(given => path.resolve(given)))].flatMap(root => {
    const refused = refusal(root)
    if (refused === null) return [{ root, real: realpathSync(root) }]
    onIssue({ path: root, line: null, reason: refused })
    return []
  })
  // The outer path first: what lies in a source that it leads to is not read a second time.
  for (const { root, real } of roots.sort((a, b) => a.real.length - b.real.length)) {
    if (walked.has(real) || sources.some(source => isInside(real, realpathSync(source.path)))) continue
    if (!statSync(real).isDirectory()) {
      const source = kindsOf(real).find(({ kind }) => kind === 'source')
      if (source) found(source.reader.describe(real))
      continue
    }
    const walk = new Walk(root, walked, found, onIssue)
    yield* walk.run()
    walk.report()
    seen.push(...walk.seen.list())
  }
  return { sources, seen }
}

/** Is it a folder in which no runs of a source around it can lie: one of a tool, of artifacts, or a source of a format of its own? */
export function isForeign(directory: string, name: string): boolean {
  if (skipped.has(name) || (name === 'artifacts' && ownsArtifacts.test(path.basename(directory)))) return true
  try {
    const folder = path.join(directory, name)
    const names = new Set(readdirSync(folder))
    return names.has('pyvenv.cfg') || readers.some(reader => reader.detect(folder, names))
  } catch {
    return true
  }
}

/** Why a path given cannot be walked; null where it can. */
function refusal(root: string): string | null {
  try {
    if (statSync(root).isDirectory()) {
      readdirSync(root)
      return null
    }
    const kinds = kindsOf(realpathSync(root))
    if (kinds.some(({ kind }) => kind === 'source')) return null
    for (const { kind } of kinds) if (kind !== 'source') return `${kind.reason}; ${expected}`
    const part = readers.map(reader => reader.explainFile?.(root) ?? null).find(text => text !== null)
    if (part) return part
    const kind = kindOfFile(path.basename(root))
    return kind === null ? `is a file; ${expected}` : `is a file of the kind ${kind}, which is not read; ${expected}`
  } catch (error) {
    return isGone(error) ? `does not exist; ${expected}` : `${readFaultReason(error)}; ${expected}`
  }
}

/** What a file is to each format that it may be of by its name. */
function kindsOf(file: string): { reader: RunReader; kind: FileKind }[] {
  // A home's own databases: opening and closing one would free the locks that this process holds on it.
  if (['lock.db', 'readout.db'].every(name => existsSync(path.join(path.dirname(file), name)))) return []
  return readers.flatMap(reader => (reader.files?.mayBe(path.basename(file)) ? [{ reader, kind: reader.files.kind(file) }] : []))
}

function isInside(real: string, folder: string): boolean {
  return real === folder || real.startsWith(folder + path.sep)
}

/** The walk below one path given. */
class Walk {
  readonly seen = new SeenFormats()
  readonly #root: string
  readonly #walked: Set<string>
  readonly #onFound: (source: FoundSource) => void
  readonly #onIssue: Report
  readonly #outsideLinks: string[] = []
  /** Folders that hold parts of sources, by the format. */
  readonly #parts = new Map<string, string[]>()
  #tooDeep = ''
  #folders = 0
  #files = 0
  #sources = 0
  #hasDatabase = false

  constructor(root: string, walked: Set<string>, onFound: (source: FoundSource) => void, onIssue: Report) {
    this.#root = root
    this.#walked = walked
    this.#onFound = onFound
    this.#onIssue = onIssue
  }

  *run(): Generator<ScanProgress, void> {
    const queue = [{ directory: this.#root, depth: 0 }]
    for (let next = 0; next < queue.length; next += 1) {
      const { directory, depth } = queue[next] ?? { directory: this.#root, depth: 0 }
      const below = this.#look(directory)
      if (depth < depthLimit) for (const name of below) queue.push({ directory: path.join(directory, name), depth: depth + 1 })
      else this.#tooDeep ||= below.length > 0 ? directory : ''
      if (this.#folders % foldersPerStep === 0) yield this.#progress(directory)
    }
    this.#joinParts()
    yield this.#progress(this.#root)
  }

  /** Makes sources of the parts that were found. A source inside another one of its format is a part of that. */
  #joinParts(): void {
    for (const { format, parts, describe } of readers) {
      const folders = this.#parts.get(format)
      if (!parts || !folders) continue
      for (const [directory, below] of groupParts(folders, this.#root, parts)) {
        this.#sources += 1
        this.#onFound({ ...describe(directory), parts: below })
      }
    }
  }

  /** Tells what the walk as a whole came to. */
  report(): void {
    const tell = (reason: string) => this.#onIssue({ path: this.#root, line: null, reason })
    const part = readers.map(reader => reader.explain?.(this.#root) ?? null).find(text => text !== null)
    if (part) tell(part)
    for (const { kind, count, example } of this.seen.list()) {
      // Whose they are was found.
      if (kind === artifactFolder && this.#hasDatabase) continue
      tell(`seen, but not read: ${count} of the kind ${kind}, the first is ${example}`)
    }
    const [link] = this.#outsideLinks
    if (link)
      tell(
        `${this.#outsideLinks.length} links to folders outside are not followed, the first is ${link}: give the folder itself to read it`,
      )
    if (this.#tooDeep !== '') tell(`folders more than ${depthLimit} levels down are not looked at, the first is below ${this.#tooDeep}`)
    if (this.#sources > 0 || part) return
    const empty = this.#files === 0 && this.#folders === 1
    tell(
      empty
        ? `is empty; ${expected}`
        : `holds no runs that are read (${this.#files} files in ${this.#folders} folders looked at); ${expected}`,
    )
  }

  #progress(directory: string): ScanProgress {
    return { folders: this.#folders, files: this.#files, sources: this.#sources, path: directory }
  }

  /** Looks at one folder; returns the names of those in it that are to be walked. */
  #look(directory: string): string[] {
    const entries = this.#entries(directory)
    if (!entries) return []
    this.#folders += 1
    for (const entry of entries) if (entry.isFile()) this.#lookAtFile(path.join(directory, entry.name))
    const names = new Set(entries.map(({ name }) => name))
    const reader = readers.find(candidate => candidate.detect(directory, names))
    if (reader) {
      this.#sources += 1
      this.#onFound(reader.describe(directory))
      return []
    }
    // A virtual environment, whatever its name.
    if (names.has('pyvenv.cfg')) return []
    this.seen.look(directory, names)
    const below: string[] = []
    const files: string[] = []
    for (const entry of entries) {
      if (entry.isDirectory()) below.push(entry.name)
      else if (entry.isSymbolicLink()) this.#noteLink(path.join(directory, entry.name))
      else files.push(entry.name)
    }
    this.#files += files.length
    this.#noteParts(directory, files)
    return below.sort().filter(name => !this.#isSkipped(directory, name))
  }

  /** A source that is a file hides nothing that lies beside it. */
  #lookAtFile(file: string): void {
    for (const { reader, kind } of kindsOf(file)) {
      if (kind === 'source') {
        this.#sources += 1
        this.#hasDatabase = true
        this.#onFound(reader.describe(file))
      } else if (kind.isNamedSo) this.#onIssue({ path: file, line: null, reason: kind.reason })
    }
  }

  #noteParts(directory: string, files: readonly string[]): void {
    for (const { format, parts } of readers) {
      if (!parts?.holds(files)) continue
      const folders = this.#parts.get(format)
      if (folders) folders.push(directory)
      else this.#parts.set(format, [directory])
    }
  }

  #entries(directory: string): Dirent[] | null {
    try {
      const real = realpathSync(directory)
      if (this.#walked.has(real) || systemFolders.has(real)) return null
      this.#walked.add(real)
      return readdirSync(directory, { withFileTypes: true })
    } catch (error) {
      if (!isGone(error)) this.#onIssue({ path: directory, line: null, reason: readFaultReason(error) })
      return null
    }
  }

  #isSkipped(directory: string, name: string): boolean {
    if (name !== 'artifacts' || !ownsArtifacts.test(path.basename(directory))) return skipped.has(name)
    this.seen.add(artifactFolder, path.join(directory, name))
    return true
  }

  /** Links inside the path given lead to what is walked anyway; of others only their number is told. */
  #noteLink(link: string): void {
    const target = statSync(link, { throwIfNoEntry: false })
    if (!target?.isDirectory()) this.#files += 1
    else if (!isInside(realpathSync(link), realpathSync(this.#root))) this.#outsideLinks.push(link)
  }
}

/** The sources to which folders with parts belong, shallow ones first, each with its parts relative to it. */
function groupParts(folders: readonly string[], root: string, { sourceOf }: SourceParts): Map<string, string[]> {
  const rootIsPart = folders.includes(root)
  const candidates = new Set(folders.map(folder => sourceOf(folder, root, rootIsPart)))
  const groups = new Map<string, string[]>()
  for (const folder of folders) {
    const source = outermost(folder, root, candidates)
    const part = path.relative(source, folder).replaceAll(path.sep, '/') || '.'
    const group = groups.get(source)
    if (group) group.push(part)
    else groups.set(source, [part])
  }
  const depth = (folder: string) => folder.split(path.sep).length
  const sorted = [...groups].sort(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1))
  return new Map(sorted.map(([source, parts]) => [source, parts.sort()]))
}

/** The candidate nearest to the top on the way from `root` to a folder. */
function outermost(folder: string, root: string, candidates: ReadonlySet<string>): string {
  let found = folder
  for (let above = folder; ; above = path.dirname(above)) {
    if (candidates.has(above)) found = above
    if (above === root || path.dirname(above) === above) return found
  }
}
