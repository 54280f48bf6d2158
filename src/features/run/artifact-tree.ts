import type { ArtifactEntry } from '#contract/artifact.ts'
import { formatCount } from '#lib/format.ts'

/** Where something lies: a path below the artifacts of the run, or of the model whose id is given. */
export interface ArtifactPlace {
  model: string
  path: string
}

export interface ArtifactRoot {
  model: string
  name: string
}

/** What is known of an opened folder. */
export type FolderState =
  | { state: 'loading' }
  | { state: 'failed'; reason: string }
  | { state: 'ready'; entries: readonly ArtifactEntry[]; exists: boolean; truncated: boolean }

export interface TreeNode extends ArtifactPlace {
  id: string
  kind: 'model' | 'folder' | 'file' | 'note'
  /** Name of the file, folder or model; the sentence of a note. */
  text: string
  /** 1 for what lies at the root. */
  level: number
  /** 1-based place among its siblings, and their number. */
  position: number
  siblings: number
  open: boolean
  /** Bytes of a file. */
  size: number
}

/** Key of a place in sets and maps. */
export function placeId({ model, path }: ArtifactPlace): string {
  return `${model}:${path}`
}

/** Folders that lead to a place, outermost first, the model's root among them. The run's own root is always open. */
export function foldersAbove({ model, path }: ArtifactPlace): string[] {
  const parts = path.split('/').slice(0, -1)
  const folders = parts.map((_, index) => placeId({ model, path: parts.slice(0, index + 1).join('/') }))
  return model === '' ? folders : [placeId({ model, path: '' }), ...folders]
}

/**
 * The visible rows of the tree: what lies at the run's root, then a root for each model, with what is in each open folder below it. A
 * folder that is being read, failed, is empty or was cut has a note.
 */
export function treeNodes(
  models: readonly ArtifactRoot[],
  folders: ReadonlyMap<string, FolderState>,
  open: ReadonlySet<string>,
): TreeNode[] {
  const nodes: TreeNode[] = []
  const addChildren = (place: ArtifactPlace, level: number, roots: readonly ArtifactRoot[]): void => {
    const folder = folders.get(placeId(place))
    const entries = folder?.state === 'ready' ? folder.entries : []
    const note = noteOf(folder, entries.length + roots.length)
    const siblings = entries.length + roots.length + (note === null ? 0 : 1)
    const base = { level, siblings, size: 0 }
    for (const [index, entry] of entries.entries()) {
      const child = { model: place.model, path: entry.path }
      const id = placeId(child)
      const isOpen = entry.directory && open.has(id)
      const kind = entry.directory ? 'folder' : 'file'
      nodes.push({ ...child, ...base, id, kind, text: entry.name, position: index + 1, open: isOpen, size: entry.size })
      if (isOpen) addChildren(child, level + 1, [])
    }
    if (note !== null) {
      nodes.push({ ...place, ...base, id: `${placeId(place)}:note`, kind: 'note', text: note, position: entries.length + 1, open: false })
    }
    for (const [index, { model, name }] of roots.entries()) {
      const child = { model, path: '' }
      const id = placeId(child)
      nodes.push({ ...child, ...base, id, kind: 'model', text: name, position: siblings - roots.length + index + 1, open: open.has(id) })
      if (open.has(id)) addChildren(child, level + 1, [])
    }
  }
  addChildren({ model: '', path: '' }, 1, models)
  return nodes
}

function noteOf(folder: FolderState | undefined, children: number): string | null {
  if (folder === undefined || folder.state === 'loading') return 'Reading'
  if (folder.state === 'failed') return folder.reason
  if (folder.truncated) return `Only the first ${formatCount(folder.entries.length)} are listed`
  if (children > 0) return null
  return folder.exists ? 'Empty' : 'This folder is not there'
}

/** What a key does in the tree: the row to go to, or the folder to open or close. */
export type TreeMove = { to: number } | { open: string } | { close: string }

/** The act of a key on the row at an index, by the rules of the ARIA tree pattern; null for keys that do nothing there. */
export function treeMove(nodes: readonly TreeNode[], index: number, key: string): TreeMove | null {
  const node = nodes[index]
  if (!node) return null
  const isFolder = node.kind === 'folder' || node.kind === 'model'
  switch (key) {
    case 'ArrowDown':
      return index + 1 < nodes.length ? { to: index + 1 } : null
    case 'ArrowUp':
      return index > 0 ? { to: index - 1 } : null
    case 'Home':
      return { to: 0 }
    case 'End':
      return { to: nodes.length - 1 }
    case 'ArrowRight':
      if (!isFolder) return null
      return node.open ? { to: Math.min(index + 1, nodes.length - 1) } : { open: node.id }
    case 'ArrowLeft': {
      if (isFolder && node.open) return { close: node.id }
      const parent = nodes.findLastIndex((other, at) => at < index && other.level < node.level)
      return parent < 0 ? null : { to: parent }
    }
    default:
      return key.length === 1 && key !== ' ' ? byLetter(nodes, index, key) : null
  }
}

/** The next row whose name begins with the letter, from the start again after the last. */
function byLetter(nodes: readonly TreeNode[], index: number, letter: string): TreeMove | null {
  const begins = (node: TreeNode) => node.kind !== 'note' && node.text.toLowerCase().startsWith(letter.toLowerCase())
  const after = nodes.findIndex((node, at) => at > index && begins(node))
  const to = after < 0 ? nodes.findIndex(begins) : after
  return to < 0 || to === index ? null : { to }
}
