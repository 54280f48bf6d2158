import * as z from 'zod/mini'

export const artifactEntry = z.object({
  name: z.string(),
  /** Path below the artifact root, with `/`. */
  path: z.string(),
  directory: z.boolean(),
  /** Bytes; 0 for folders. */
  size: z.int(),
  /** Media type as it would be served. */
  type: z.string(),
  /** How a browser may show it; `none` is download only. */
  preview: z.enum(['text', 'json', 'csv', 'markdown', 'image', 'audio', 'video', 'sandboxed', 'none']),
})
export type ArtifactEntry = z.infer<typeof artifactEntry>

/** One folder of a run's artifacts, or of one of its logged models. */
export const artifactFolder = z.object({
  path: z.string(),
  entries: z.array(artifactEntry),
  /** False when the folder that should hold artifacts is not there. */
  exists: z.boolean(),
  /** More entries than were listed. */
  truncated: z.boolean(),
})
export type ArtifactFolder = z.infer<typeof artifactFolder>
