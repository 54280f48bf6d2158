import { getRouteApi } from '@tanstack/react-router'

import type { RunDetail } from '#contract/run.ts'
import { Bar, Empty, Failed, Loading } from '#ui/states.tsx'

import { ArtifactPreview } from './artifact-preview.tsx'
import { ArtifactTreeView } from './artifact-tree-view.tsx'
import { placeId } from './artifact-tree.ts'
import { TabNote } from './tab-note.tsx'
import { useArtifactTree } from './use-artifact-tree.ts'

import styles from './artifacts.module.css'

const route = getRouteApi('/runs/$run')

/** Files of a run and of its models: a tree at the left, the chosen file at the right. */
export function ArtifactsTab({ run }: { run: Pick<RunDetail, 'id' | 'models' | 'places'> }) {
  const { path = '', model = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const { nodes, setOpen, root, selected } = useArtifactTree(run, { path, model })
  const hasModels = nodes.some(node => node.kind === 'model')
  if (!hasModels && root.state === 'failed') return <Failed what="The artifacts cannot be listed." error={root.reason} />
  if (!hasModels && root.state === 'ready' && root.entries.length === 0) return <NoArtifacts run={run} exists={root.exists} />
  return (
    <div className={styles['tab']}>
      <ArtifactTreeView
        nodes={nodes}
        selected={path === '' ? null : placeId({ model, path })}
        onOpen={setOpen}
        onSelect={place => void navigate({ search: { tab: 'artifacts', path: place.path, model: place.model } })}
      />
      <section className={styles['preview']} aria-label="Preview">
        {path === '' ? (
          <Empty>Choose a file to see it here.</Empty>
        ) : selected ? (
          <ArtifactPreview key={placeId({ model, path })} run={run.id} model={model} entry={selected} />
        ) : selected === undefined ? (
          <Empty>
            There is no artifact at <code>{path}</code>.
          </Empty>
        ) : (
          <Loading>
            <div className={styles['head']}>
              <Bar width="240px" />
            </div>
          </Loading>
        )}
      </section>
    </div>
  )
}

function NoArtifacts({ run, exists }: { run: Pick<RunDetail, 'places'>; exists: boolean }) {
  if (exists) return <TabNote>This run logged no artifacts.</TabNote>
  const gone = run.places.every(place => place.missing)
  return (
    <TabNote>
      {gone
        ? 'The folder of this run is gone, and its artifacts with it.'
        : 'This run has no artifact folder: it logged none, or they were stored elsewhere and are not beside the run.'}
    </TabNote>
  )
}
