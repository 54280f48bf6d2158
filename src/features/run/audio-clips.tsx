import { mediaUrl } from '#data/media.ts'

import styles from './media-tab.module.css'

/** The pieces of audio of a tag at a step. */
export function AudioClips({ run, tag, step, count }: { run: string; tag: string; step: string; count: number }) {
  return (
    <div className={styles['clips']}>
      {Array.from({ length: count }, (_, index) => (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what was logged has none
        <audio key={index} controls preload="none" src={mediaUrl(run, 'audio', tag, step, index)} aria-label={`${tag}, ${index + 1}`} />
      ))}
    </div>
  )
}
