import * as z from 'zod/mini'

/** What changed on the server, told over `/api/events` as the data of an event `change`. */
export const liveEvent = z.object({
  /** Ids; null where any project may have changed. */
  projects: z.nullable(z.array(z.string())),
  /** Ids of the runs that changed in them; null where any may have. */
  runs: z.nullable(z.array(z.string())),
  /** A source changed: its state, its counts, its issues. */
  sources: z.boolean(),
})
export type LiveEvent = z.infer<typeof liveEvent>

/** No change: what others are merged into. */
export const noChange: LiveEvent = { projects: [], runs: [], sources: false }

/** Ids kept of one change; with more of them any may have changed. */
const most = 200

function merged(a: readonly string[] | null, b: readonly string[] | null): string[] | null {
  if (a === null || b === null) return null
  const both = new Set([...a, ...b])
  return both.size > most ? null : [...both]
}

/** Both changes as one, of bounded size. */
export function mergeChanges(a: LiveEvent, b: LiveEvent): LiveEvent {
  return { projects: merged(a.projects, b.projects), runs: merged(a.runs, b.runs), sources: a.sources || b.sources }
}
