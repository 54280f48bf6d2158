import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'

import type { ArtifactEntry, ArtifactFolder } from '#contract/artifact.ts'
import type { RunDetail } from '#contract/run.ts'
import { artifactsQuery } from '#data/artifacts.ts'

import {
  foldersAbove,
  placeId,
  treeNodes,
  type ArtifactPlace,
  type ArtifactRoot,
  type FolderState,
  type TreeNode,
} from './artifact-tree.ts'

export interface ArtifactTree {
  nodes: readonly TreeNode[]
  setOpen: (id: string, open: boolean) => void
  /** The run's own folder. */
  root: FolderState
  /** The selected file; null while its folder is read, undefined where there is none. */
  selected: ArtifactEntry | null | undefined
}

/** The tree of a run's artifacts and of its models', each folder read when it is first opened. Opens what leads to `selection`. */
export function useArtifactTree(run: Pick<RunDetail, 'id' | 'models'>, selection: ArtifactPlace): ArtifactTree {
  const [open, setOpenIds] = useState<ReadonlySet<string>>(() => new Set(foldersAbove(selection)))
  const roots = modelRoots(run.models)
  const opened = [':', ...open].map(id => ({ id, ...placeOf(id) }))
  const results = useQueries({ queries: opened.map(({ model, path }) => artifactsQuery(run.id, path, model)) })
  const folders = new Map(opened.map(({ id }, index) => [id, folderState(results[index])]))
  const parent = folders.get(placeId({ model: selection.model, path: selection.path.split('/').slice(0, -1).join('/') }))
  return {
    nodes: treeNodes(roots, folders, open),
    setOpen: (id, isOpen) =>
      setOpenIds(current => {
        const next = new Set(current)
        if (isOpen) next.add(id)
        else next.delete(id)
        return next
      }),
    root: folders.get(':') ?? { state: 'loading' },
    selected: selectedEntry(parent, selection.path),
  }
}

/** Models with artifacts of their own, the ones that were made before the ones that were read; an id stands once. */
function modelRoots(models: RunDetail['models']): ArtifactRoot[] {
  const named = new Map<string, string>()
  for (const direction of ['output', 'input']) {
    for (const { id, name, direction: of } of models) if (of === direction && id !== '' && !named.has(id)) named.set(id, name)
  }
  return [...named].map(([model, name]) => ({ model, name }))
}

function placeOf(id: string): ArtifactPlace {
  const colon = id.indexOf(':')
  return { model: id.slice(0, colon), path: id.slice(colon + 1) }
}

function folderState(result: UseQueryResult<ArtifactFolder> | undefined): FolderState {
  if (result?.data) return { state: 'ready', ...result.data }
  return result?.error ? { state: 'failed', reason: result.error.message } : { state: 'loading' }
}

function selectedEntry(folder: FolderState | undefined, path: string): ArtifactEntry | null | undefined {
  if (path === '' || folder?.state === 'failed') return undefined
  return folder?.state === 'ready' ? folder.entries.find(entry => entry.path === path) : null
}
