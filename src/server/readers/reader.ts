import type { SourceRecord } from './record.ts'

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
  describe: (directory: string) => FoundSource
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
}
