import { useState, type CSSProperties } from 'react'

import { formatCount } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/states.tsx'

import styles from './artifacts.module.css'

const zooms = [1, 2, 4, 8] as const
/** Images narrower than this many px can be enlarged. */
const smallBelow = 400

/** An image in its own size, at most as wide as the pane; small ones can be enlarged, with their pixels kept sharp from four times on. */
export function ImagePreview({ url, name }: { url: string; name: string }) {
  const [size, setSize] = useState<{ width: number; height: number } | null>(null)
  const [zoom, setZoom] = useState<number>(1)
  const [failed, setFailed] = useState(false)
  if (failed) return <Empty>This image cannot be shown. The file may be damaged, or of another kind than its name says.</Empty>
  const isSmall = size !== null && size.width > 0 && size.width < smallBelow
  const style: CSSProperties =
    size && zoom > 1 ? { width: size.width * zoom, maxWidth: 'none', imageRendering: zoom > 2 ? 'pixelated' : 'auto' } : {}
  return (
    <>
      <div className={styles['imageBar']}>
        <span className={styles['facts']}>
          {size && size.width > 0 ? `${formatCount(size.width)} × ${formatCount(size.height)} px` : ''}
        </span>
        {isSmall && (
          <fieldset className={styles['zooms']} aria-label="Size">
            {zooms.map(value => (
              <Button key={value} size="small" aria-pressed={zoom === value} className={styles['zoom']} onClick={() => setZoom(value)}>
                {value}×
              </Button>
            ))}
          </fieldset>
        )}
      </div>
      {/* Focusable, since keys must scroll what is wider than the pane. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={styles['imageBox']} aria-label={name} tabIndex={0}>
        <img
          className={styles['image']}
          style={style}
          src={url}
          alt={name}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })}
          onError={() => setFailed(true)}
        />
      </section>
    </>
  )
}
