import { useState } from 'react'

import { mediaUrl } from '#data/media.ts'
import { formatStep } from '#lib/format.ts'

import styles from './media-tab.module.css'

interface ImageGridProps {
  run: string
  tag: string
  step: string
  /** Images that were logged at once, at the most. */
  count: number
}

/** The images of a tag at a step. */
export function ImageGrid({ run, tag, step, count }: ImageGridProps) {
  return (
    // Focusable, since keys must scroll what is more than the card holds.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles['images']} data-alone={count === 1 || undefined} aria-label={`Images of ${tag}`} tabIndex={0}>
      {Array.from({ length: count }, (_, index) => (
        <Picture key={index} url={mediaUrl(run, 'image', tag, step, index)} name={nameOf(tag, step, index, count)} />
      ))}
    </section>
  )
}

function nameOf(tag: string, step: string, index: number, count: number): string {
  return `${tag}, step ${formatStep(step)}${count > 1 ? `, image ${index + 1}` : ''}`
}

/** Enlarged more than so much, pixels are kept sharp. */
const sharpFrom = 2

/** How an image fills its box: to the edge that it meets first. */
function shapeOf({ naturalWidth, naturalHeight, parentElement }: HTMLImageElement): { sharp: boolean; wide: boolean } {
  const { clientWidth = 0, clientHeight = 0 } = parentElement ?? {}
  const across = clientWidth / naturalWidth
  const down = clientHeight / naturalHeight
  return { sharp: Math.min(across, down) > sharpFrom, wide: across < down }
}

function Picture({ url, name }: { url: string; name: string }) {
  const [failed, setFailed] = useState('')
  const [shape, setShape] = useState({ sharp: false, wide: false })
  // Of a batch that holds fewer images than another one, the rest are not there.
  if (failed === url) return <span className={styles['none']}>No image here</span>
  return (
    <a href={url} target="_blank" rel="noreferrer" className={styles['picture']}>
      <img
        src={url}
        alt={name}
        title={name}
        data-sharp={shape.sharp || undefined}
        data-wide={shape.wide || undefined}
        onError={() => setFailed(url)}
        onLoad={({ currentTarget }) => setShape(shapeOf(currentTarget))}
      />
    </a>
  )
}
