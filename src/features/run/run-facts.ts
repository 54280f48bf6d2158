import type { KeyValue, RunDetail } from '#contract/run.ts'
import { formatDuration } from '#lib/format-time.ts'

/** Tags that somebody set: those in MLflow's own namespace are kept for the table of tags. */
export function userTags(tags: readonly KeyValue[]): KeyValue[] {
  return tags.filter(({ key }) => !key.startsWith('mlflow.'))
}

/** `main@3f9c2e1`, or the short commit alone where no branch is known. */
export function commitText(commit: string, branch: string): string {
  const short = commit.slice(0, 7)
  return branch === '' ? short : `${branch}@${short}`
}

/** A run without news for so long is hardly running still, whatever its status says. */
const longSilence = 24 * 3_600_000

/** When the last point of all metrics was logged, in ms since the epoch; null where no point has a time. */
export function lastPointTime(metrics: RunDetail['metrics']): number | null {
  let latest = 0
  for (const { last } of metrics) latest = Math.max(latest, last.time)
  return latest > 0 ? latest * 1_000 : null
}

/**
 * How long the run took; of a running one how long it has gone on, with `so far`, or where nothing came for a day how long it is known to
 * have run; empty where neither is known.
 */
export function durationText(
  { start, end, status, metrics }: Pick<RunDetail, 'start' | 'end' | 'status' | 'metrics'>,
  now: number,
): string {
  if (start === null) return ''
  if (end !== null) return formatDuration(end - start)
  if (status !== 'running') return ''
  const lastPoint = lastPointTime(metrics)
  if (now - (lastPoint ?? start) < longSilence) return `${formatDuration(Math.max(0, now - start))} so far`
  return lastPoint !== null && lastPoint > start ? `${formatDuration(lastPoint - start)} until the last point` : ''
}

/** A run's folder, or the database that it is in. */
export function wholePath({ source, path }: { source: string; path: string }): string {
  return path === '' ? source : `${source}/${path}`
}

/** The end of a run's path, `mlruns/481/a79b183c…`, its last name cut where it is a long id. */
export function shortPath({ source, path }: { source: string; path: string }): string {
  const names = `${source}/${path}`.split(/[/\\]/).filter(Boolean)
  return names
    .slice(-3)
    .map(name => (name.length > 20 ? `${name.slice(0, 10)}…` : name))
    .join('/')
}
