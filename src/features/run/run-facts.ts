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

/** How long the run took; of a running one how long it has gone on, with `so far`; empty where that is not known. */
export function durationText({ start, end, status }: Pick<RunDetail, 'start' | 'end' | 'status'>, now: number): string {
  if (start === null) return ''
  if (end !== null) return formatDuration(end - start)
  return status === 'running' ? `${formatDuration(Math.max(0, now - start))} so far` : ''
}

/** The end of a run's path, `mlruns/481/a79b183c…`, its last name cut where it is a long id. */
export function shortPath({ source, path }: { source: string; path: string }): string {
  const names = `${source}/${path}`.split(/[/\\]/).filter(Boolean)
  return names
    .slice(-3)
    .map(name => (name.length > 20 ? `${name.slice(0, 10)}…` : name))
    .join('/')
}
