import type { ReadIssue } from '#contract/source.ts'

import type { MediaRecord, RunRecord, SeriesColumns, SeriesRecord, SourceRecord } from './record.ts'

/** A folder or file that a reader can read, as the scan found it. */
export interface FoundSource {
  format: string
  /** Absolute. */
  path: string
  /** What a user would call it: the nearest folder name that says something (`breastcancer`, not `mlruns`). */
  name: string
  /** Ids that say that it is the same source after its folder moved: MLflow's experiment ids, but for the `0` that every tree has. */
  marks: string[]
  /** Folders of its parts as the scan found them, relative to `path` with `/`, `.` for itself, sorted; only of formats with `parts`. */
  parts?: string[]
}

/**
 * How sources are found of a format whose folders do not say that they are one, but hold parts (runs) somewhere below. Such a source is
 * known when all below the path given was looked at.
 */
export interface SourceParts {
  /** Does a folder with these files (no folders, no links) hold a part? Looks at names alone. */
  holds: (files: readonly string[]) => boolean
  /** The folder that is the source of the part in `directory`; `given` is the path that the user gave, never to be left upwards. */
  sourceOf: (directory: string, given: string, givenIsPart: boolean) => string
}

export interface ReadOptions {
  /** Fingerprint under which a run was read before; the run is skipped where it is still the same. */
  known: (runForeignId: string) => string | undefined
  /** Folder in the home for copies of what cannot be read where it lies, as a database with a log beside it. Made when it is needed. */
  copies: string
}

/**
 * What a file is to a format whose sources are single files: a source, or none, and why. That is told of a file that was given, and of
 * one that has a name (`isNamedSo`) which only that format's files have.
 */
export type FileKind = 'source' | { reason: string; isNamedSo: boolean }

/** Of a format whose sources are single files: `path` of a source is the file, and paths in its records may begin with `../`. */
export interface SourceFiles {
  /** By its name alone, may it be one? */
  mayBe: (name: string) => boolean
  kind: (file: string) => FileKind
}

/** A run that is as it was; emitted so that the import knows that its files are still there. */
export interface UnchangedRecord {
  type: 'unchanged'
  foreignId: string
}

/** One foreign format. Knows nothing of the store; never writes; never throws for one bad file, line or field, but emits an issue. */
export interface RunReader {
  format: string
  /** Does this folder hold a source of this format itself (not somewhere below)? Looks at few names and at no more than the files it must. */
  detect: (directory: string, names: ReadonlySet<string>) => boolean
  /** For formats that are known from what lies below: then `detect` finds nothing. */
  parts?: SourceParts
  /** For formats whose sources are files: then `detect` finds nothing. */
  files?: SourceFiles
  describe: (path: string) => FoundSource
  /**
   * What a folder that a user gave is, where it is only a part of a source of this format: shown to the user, with what to give
   * instead. Null for any other folder.
   */
  explain?: (directory: string) => string | null
  /** The same for a file that a user gave. */
  explainFile?: (file: string) => string | null
  /** How many runs the source holds, quickly, for the progress shown. */
  count: (source: FoundSource) => number
  read: (source: FoundSource, options: ReadOptions) => Generator<SourceRecord | UnchangedRecord, void>
  /** Follows a source that was read, while it grows. `copies` as in `ReadOptions`. */
  watch: (source: FoundSource, copies: string) => SourceWatch
}

/** A run of a source: paths are relative to it, with `/`. */
export interface RunPlace {
  foreignId: string
  path: string
}

/** What lies in a folder of a source. */
export interface FolderLook {
  /** Folders below it in which runs may be; paths relative to the source. */
  folders: string[]
  /** Folders of runs, among them it may be itself. */
  runs: string[]
  /** Something in it may become a run in a moment: its folder is there, what makes it a run is not. */
  pending: boolean
}

/** A look at a run that costs little. */
export interface Glance {
  /** Another one after nearly every change; what it misses, a whole look finds. */
  signature: string
  /** Of what was looked at, the latest time of change in milliseconds since the epoch. */
  newest: number
  /** Files and folders that were looked at. */
  files: number
}

/** What became of a run since the look before. */
export type RunChange =
  /** Its files are gone. */
  | { type: 'gone' }
  /** It is to be read anew, with all its points. When the records are taken to the end, the next look goes on from there. */
  | { type: 'whole'; records: Iterable<SourceRecord | UnchangedRecord> }
  /** Points were added, in the order of the files; `facts` (without points, digest and fingerprint) where one of them changed. */
  | { type: 'grown'; facts: RunRecord | null; series: (SeriesRecord | SeriesColumns)[]; media?: MediaRecord[] }

/** Follows one run. A change that could not be stored is lost to it: then it is thrown away, and a new one reads the run whole. */
export interface RunFollower {
  /** Null where nothing changed. Never throws for what a file holds. */
  look: () => RunChange | null
  /** Files and folders that the last look cost. */
  files: number
  /** What is wrong with the run's files, as far as they were read; null before they were. */
  issues: () => ReadIssue[] | null
}

/** The folders and runs of one source, looked at again and again. Folders are relative to the source, '' is the source itself. */
export interface SourceWatch {
  /** Changes when something in the folder came or went; null where it is gone. */
  stamp: (folder: string) => string | null
  list: (folder: string) => FolderLook
  /** Records of the folder itself, as its project; read after its stamp changed. */
  records: (folder: string) => Iterable<SourceRecord>
  /** The id of a run by its path. MLflow's runs are named by their folder, wherever that lies. */
  foreignId: (path: string) => string
  glance: (run: RunPlace) => Glance | null
  /** `known` is the fingerprint under which the run was stored; undefined has it read whole. */
  follow: (run: RunPlace, known: string | undefined) => RunFollower
}
