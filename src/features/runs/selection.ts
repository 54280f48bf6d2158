/** Selected runs: the ids, or all that match the filter but the ids. Small enough for an address either way. */
export interface Selection {
  all: boolean
  ids: ReadonlySet<string>
}

export const noSelection: Selection = { all: false, ids: new Set() }
export const allSelection: Selection = { all: true, ids: new Set() }

/** Reads `id,id`, `all` or `all,-id` from an address. */
export function parseSelection(text: string | undefined): Selection {
  const parts = (text ?? '').split(',').filter(Boolean)
  const all = parts[0] === 'all'
  const ids = all ? parts.slice(1).map(part => part.replace(/^-/, '')) : parts
  return all || ids.length > 0 ? { all, ids: new Set(ids) } : noSelection
}

/** Writes a selection as `parseSelection` reads it; empty where nothing is selected. */
export function printSelection({ all, ids }: Selection): string {
  return all ? ['all', ...[...ids].map(id => `-${id}`)].join(',') : [...ids].join(',')
}

export function isSelected({ all, ids }: Selection, id: string): boolean {
  return ids.has(id) !== all
}

/** How many runs are selected of those that match. */
export function selectedCount({ all, ids }: Selection, total: number): number {
  return all ? Math.max(0, total - ids.size) : ids.size
}

/** The selection with some runs made selected or not. */
export function select(selection: Selection, ids: readonly string[], selected: boolean): Selection {
  const next = new Set(selection.ids)
  for (const id of ids) {
    if (selected === selection.all) next.delete(id)
    else next.add(id)
  }
  return { all: selection.all, ids: next }
}

/** A filter that matches exactly the selected runs, `filter` being the one that shows them. */
export function selectionFilter({ all, ids }: Selection, filter: string): string {
  const list = [...ids].map(id => `'${id.replaceAll("'", "''")}'`).join(', ')
  if (!all) return ids.size === 1 ? `run_id = ${list}` : `run_id in (${list})`
  if (ids.size === 0) return filter
  const except = ids.size === 1 ? `run_id != ${list}` : `run_id not in (${list})`
  return filter === '' ? except : `(${filter}) and ${except}`
}
