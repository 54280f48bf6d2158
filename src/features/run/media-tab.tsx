import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'

import type { Int64 } from '#contract/int64.ts'
import type { MediaKind, MediaTag } from '#contract/media.ts'
import { mediaQuery } from '#data/media.ts'
import { formatCount, formatStep } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { NearView } from '#ui/near-view.tsx'
import { Failed } from '#ui/states.tsx'

import { AudioClips } from './audio-clips.tsx'
import { HistogramPlot } from './histogram-plot.tsx'
import { ImageGrid } from './image-grid.tsx'
import { LoggedText } from './logged-text.tsx'
import { parseStep, placeAt, unionSteps } from './media-steps.ts'
import { SearchedSections, SearchedTab } from './searched-tab.tsx'
import { StepSlider } from './step-slider.tsx'
import { TabNote } from './tab-note.tsx'
import { useSearch } from './use-search.ts'

import styles from './media-tab.module.css'

const route = getRouteApi('/runs/$run')

/** In the order of the page, with the height of a card in px. PR curves are read as data of an evaluation, not by step. */
const sections: { kind: Exclude<MediaKind, 'pr-curve'>; title: string; height: number }[] = [
  { kind: 'image', title: 'Images', height: 260 },
  { kind: 'histogram', title: 'Histograms', height: 260 },
  { kind: 'text', title: 'Text', height: 220 },
  { kind: 'audio', title: 'Audio', height: 104 },
]

/** Tags that the tab shows. */
function shownMedia(tags: readonly MediaTag[]): MediaTag[] {
  return tags.filter(({ kind }) => kind !== 'pr-curve')
}

/** What a run logged by step besides numbers, all of it at one step. */
export function MediaTab({ run }: { run: string }) {
  const { data, error, refetch } = useQuery(mediaQuery(run))
  const { step: chosen } = route.useSearch()
  const navigate = route.useNavigate()
  const search = useSearch()
  const { matches } = search
  const all = useMemo(() => shownMedia(data?.tags ?? []), [data])
  const steps = useMemo(() => unionSteps(all), [all])
  const found = useMemo(() => all.filter(({ tag }) => matches(tag)), [all, matches])
  if (error && !data) {
    return (
      <Failed
        what="What this run logged besides numbers cannot be shown."
        error={error}
        action={
          <Button look="outline" onClick={() => void refetch()}>
            Try again
          </Button>
        }
      />
    )
  }
  if (!data) return null
  if (all.length === 0) return <TabNote>This run logged no images, histograms, texts or audio.</TabNote>
  const wanted = parseStep(chosen)
  // Without a step in the address the newest one is shown, and so the next one when it comes.
  const at = wanted === null ? steps.length - 1 : Math.max(0, placeAt(steps, wanted))
  const step = steps[at] ?? 0
  const goTo = (next: number) =>
    void navigate({ search: before => ({ ...before, step: next >= steps.length - 1 ? '' : String(steps[next]) }), replace: true })
  return (
    <SearchedTab
      name="tag"
      search={search}
      found={found.length}
      total={all.length}
      tools={<StepSlider steps={steps} at={at} onChange={goTo} />}
    >
      <SearchedSections>
        {sections.map(({ kind, title, height }) => {
          const tags = found.filter(tag => tag.kind === kind)
          return (
            tags.length > 0 && (
              <section key={kind} className={styles['section']} aria-label={title}>
                <h2 className={styles['head']}>
                  {title} <span className={styles['count']}>{formatCount(tags.length)}</span>
                </h2>
                <div className={styles['grid']} data-kind={kind}>
                  {tags.map(tag => (
                    <NearView key={tag.tag} height={height}>
                      <MediaCard run={run} media={tag} step={step} />
                    </NearView>
                  ))}
                </div>
              </section>
            )
          )
        })}
      </SearchedSections>
    </SearchedTab>
  )
}

/** One tag at the last of its steps that is not after the one chosen. */
function MediaCard({ run, media, step }: { run: string; media: MediaTag; step: Int64 }) {
  const own = media.steps[placeAt(media.steps, step)]
  return (
    <figure className={styles['card']} aria-label={media.tag}>
      <figcaption className={styles['cardHead']}>
        <span className={styles['tag']} title={media.tag}>
          {media.tag}
        </span>
        <span className={styles['count']}>
          {own === undefined ? `from step ${formatStep(media.steps[0] ?? 0)} on` : `step ${formatStep(own)}`}
        </span>
      </figcaption>
      {own !== undefined && <MediaValue run={run} media={media} step={String(own)} />}
    </figure>
  )
}

function MediaValue({ run, media, step }: { run: string; media: MediaTag; step: string }) {
  const { kind, tag, items } = media
  switch (kind) {
    case 'image':
      return <ImageGrid run={run} tag={tag} step={step} count={items} />
    case 'histogram':
      return <HistogramPlot run={run} tag={tag} step={step} />
    case 'text':
      return <LoggedText run={run} tag={tag} step={step} />
    case 'audio':
      return <AudioClips run={run} tag={tag} step={step} count={items} />
    case 'pr-curve':
      return null
  }
}
