/** Where a link that an MLflow client printed leads to here. */
export type MlflowTarget = { to: 'run'; run: string } | { to: 'project'; project: string }

/**
 * Reads the fragment of MLflow's own addresses, `#/experiments/<id>/runs/<run>` and `#/experiments/<id>`, with or without what MLflow puts
 * behind them (a tab, a query); null for any other fragment.
 */
export function mlflowTarget(hash: string): MlflowTarget | null {
  const parts = /^#?\/experiments\/([^/?#]+)(?:\/runs\/([^/?#]+))?/.exec(hash)
  if (!parts?.[1]) return null
  try {
    const project = decodeURIComponent(parts[1])
    return parts[2] === undefined ? { to: 'project', project } : { to: 'run', run: decodeURIComponent(parts[2]) }
  } catch {
    return null
  }
}
