import { Download } from 'lucide-react'

import type { ArtifactEntry } from '#contract/artifact.ts'
import { artifactUrl } from '#data/artifacts.ts'
import { formatBytes } from '#lib/format.ts'
import { ButtonLink } from '#ui/button-link.tsx'
import { CopyIconButton } from '#ui/copy-button.tsx'
import { Empty } from '#ui/states.tsx'

import { ImagePreview } from './image-preview.tsx'
import { TextPreview } from './text-preview.tsx'

import styles from './artifacts.module.css'

interface ArtifactPreviewProps {
  run: string
  model: string
  entry: ArtifactEntry
}

/** One file: its path, size and download, and below them what can be shown of it. */
export function ArtifactPreview({ run, model, entry }: ArtifactPreviewProps) {
  const { path, size, type } = entry
  // How text and unknown files are served says less than their names.
  const isPlain = /^(text\/plain|application\/octet-stream)/.test(type)
  return (
    <>
      <div className={styles['head']}>
        <h2 className={styles['path']} title={path}>
          {path}
        </h2>
        <CopyIconButton label="Copy path" text={path} />
        <span className={styles['facts']}>
          {formatBytes(size)}
          {!isPlain && <span className={styles['type']}>{type.split(';')[0]}</span>}
        </span>
        <ButtonLink look="outline" href={artifactUrl(run, path, { model, download: true })} download>
          <Download />
          Download
        </ButtonLink>
      </div>
      {size === 0 ? <Empty>This file is empty.</Empty> : <Content run={run} model={model} entry={entry} />}
    </>
  )
}

function Content({ run, model, entry }: ArtifactPreviewProps) {
  const { name, path, preview, size } = entry
  const url = artifactUrl(run, path, { model })
  switch (preview) {
    case 'text':
    case 'json':
    case 'csv':
    case 'markdown':
      return <TextPreview run={run} model={model} entry={entry} />
    case 'image':
      return <ImagePreview url={url} name={name} />
    case 'audio':
      return (
        <div className={styles['media']}>
          {/* What a run logged has no captions. */}
          {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
          <audio controls preload="metadata" src={url} aria-label={name} />
        </div>
      )
    case 'video':
      return (
        <div className={styles['media']}>
          {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
          <video controls preload="metadata" src={url} aria-label={name} />
        </div>
      )
    case 'sandboxed':
      // Without allow-same-origin, so that a logged page reaches neither our API nor our storage.
      return <iframe className={styles['frame']} sandbox="allow-scripts" src={url} title={name} />
    case 'none':
      return <Empty>There is no preview for this kind of file ({formatBytes(size)}).</Empty>
  }
}
