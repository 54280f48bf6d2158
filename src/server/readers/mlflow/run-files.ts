import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'

import type { FileBuffer } from '#server/readers/file-buffer.ts'
import { decodeText, isGone, readFaultReason } from '#server/readers/text-file.ts'

import type { SourceTree, TreeEntry } from './source-tree.ts'

/** Raised when the reader reads something differently, so that runs stored by an earlier one are read anew. */
const readerVersion = 1
/** Values of params and tags, and `meta.yaml` files; MLflow's own limits are far below. */
export const valueLimit = 4 * 1024 * 1024

/** The files of a run, in the order in which fingerprint and digest take them. */
export interface RunFiles {
  meta: TreeEntry | null
  metrics: TreeEntry[]
  params: TreeEntry[]
  tags: TreeEntry[]
  /** `meta.yaml` of each folder below `inputs` and `outputs`, named as that folder. */
  inputs: TreeEntry[]
  outputs: TreeEntry[]
  hasArtifacts: boolean
}

/** Lists the files of a run's or a logged model's folder; nothing below `artifacts` is looked at. */
export function listRunFiles(tree: SourceTree, directory: string): RunFiles {
  const { folders, files } = tree.list(directory)
  const deep = (name: string) => folders.filter(folder => folder.name === name).flatMap(folder => tree.listDeep(folder.path))
  const metas = (name: string) =>
    folders
      .filter(folder => folder.name === name)
      .flatMap(folder => tree.list(folder.path).folders)
      .flatMap(({ name, path }) =>
        tree
          .list(path)
          .files.filter(file => file.name === 'meta.yaml')
          .map(file => ({ name, path: file.path })),
      )
  return {
    meta: files.find(file => file.name === 'meta.yaml') ?? null,
    metrics: deep('metrics'),
    params: deep('params'),
    tags: deep('tags'),
    inputs: metas('inputs'),
    outputs: metas('outputs'),
    hasArtifacts: folders.some(folder => folder.name === 'artifacts'),
  }
}

/** Gathers what fingerprint and digest are made of while the files of a run are read. */
export class RunMarks {
  /** False once something could not be read: then the fingerprint is empty. */
  clean = true
  readonly #place: string
  #names = ''
  /** Size and time of change of each file: hashed as numbers, since as text they would cost as much as looking at the files. */
  readonly #looks: number[] = []
  readonly #lengths: number[] = []

  /** `place` is what decides the record besides the files: where the run lies, and whether its project is deleted. */
  constructor(place: string) {
    this.#place = place
  }

  add(group: string, name: string, size: number, modified: number, bytesRead: number): void {
    this.#names += `\n${group}/${name}`
    this.#looks.push(size, modified)
    this.#lengths.push(bytesRead)
  }

  fingerprint(): string {
    if (!this.clean) return ''
    const names = `${readerVersion}\n${this.#place}${this.#names}`
    return createHash('sha1').update(names).update(Float64Array.from(this.#looks)).digest('hex')
  }

  /** Names and lengths of the files read, which frame their bytes in the digest. */
  frame(): string {
    return `${this.#names}\n${this.#lengths.join(' ')}`
  }
}

/** Visits the files of a run in the order of fingerprint and digest. */
export function eachFile(files: RunFiles, visit: (group: string, entry: TreeEntry) => void): void {
  if (files.meta) visit('meta', files.meta)
  for (const group of ['metrics', 'params', 'tags', 'inputs', 'outputs'] as const) for (const entry of files[group]) visit(group, entry)
}

/** The fingerprint that reading these files would give, found without opening them; empty where one cannot be looked at. */
export function fingerprintOf(files: RunFiles, place: string): string {
  const marks = new RunMarks(place)
  eachFile(files, (group, { name, path }) => {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats) marks.add(group, name, stats.size, stats.mtimeMs, 0)
    else marks.clean = false
  })
  return marks.fingerprint()
}

/** Reads small text files and notes them in the marks of their run, where they belong to one. */
export class RunFileReader {
  readonly #tree: SourceTree
  readonly #buffer: FileBuffer
  readonly #marks: RunMarks

  constructor(tree: SourceTree, buffer: FileBuffer, marks = new RunMarks('')) {
    this.#tree = tree
    this.#buffer = buffer
    this.#marks = marks
  }

  /** Text of a file; null with an issue where it cannot be read, without one where it is gone. */
  text(group: string, entry: TreeEntry): string | null {
    try {
      const { start, end, size, modified, whole } = this.#buffer.read(entry.path, valueLimit)
      this.#marks.add(group, entry.name, size, modified, end - start)
      if (!whole) {
        this.fault(entry.path, null, `is larger than ${valueLimit / 1024 / 1024} MiB (${size} bytes); not read`)
        return null
      }
      const { text, valid } = decodeText(this.#buffer.bytes, start, end)
      if (!valid) this.fault(entry.path, null, 'is not UTF-8; read as Latin-1')
      return text
    } catch (error) {
      if (isGone(error)) this.#marks.clean = false
      else this.fault(entry.path, null, readFaultReason(error))
      return null
    }
  }

  /** Key and value of each file of a group. */
  pairs(group: string, entries: readonly TreeEntry[]): [key: string, value: string][] {
    const pairs: [string, string][] = []
    for (const entry of entries) {
      const value = this.text(group, entry)
      if (value !== null) pairs.push([entry.name, value])
    }
    return pairs
  }

  fault(path: string, line: number | null, reason: string): void {
    this.#marks.clean = false
    this.#tree.issue(path, line, reason)
  }
}
