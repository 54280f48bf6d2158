import type { OperationName } from '#contract/operations.ts'
import type { MediaAsk, MediaPlaces } from '#server/queries/media.ts'

import type { EventHub } from './event-hub.ts'

/** The folder that holds a run's artifacts; both are absolute. */
export interface ArtifactPlace {
  root: string
  /** The source folder: the real path of every artifact must stay in it, symbolic links resolved. */
  inside: string
}

/** What the HTTP edge needs from the rest of the server. */
export interface Services {
  /**
   * Runs one operation on its parsed input, on another thread. Operations with an output schema resolve to UTF-8 JSON,
   * the others to their bytes; rejects with an `ApiError`.
   */
  call(name: OperationName, input: unknown): Promise<Uint8Array>
  /**
   * Where the artifacts of a run lie, or of its logged model where `model` is not empty; null when there are none or their folder is gone.
   * Rejects with `not_found` for an unknown run.
   */
  artifactRoot(run: string, model: string): Promise<ArtifactPlace | null>
  /** Where values of a tag lie; rejects with `not_found` for a run, a tag or a step that is not there. */
  mediaRecords(input: MediaAsk): Promise<MediaPlaces>
  /** Streams of what changes. */
  events: EventHub
}
