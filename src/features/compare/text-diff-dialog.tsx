import { diffLines, diffWordsWithSpace, type ChangeObject } from 'diff'
import { useMemo } from 'react'

import { RunSwatch } from '#domain/run-swatch.tsx'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { Dialog } from '#ui/dialog.tsx'

import { valueAt, type CompareRow } from './compare-rows.ts'
import type { Compared } from './compared.ts'

import styles from './text-diff-dialog.module.css'

/** Milliseconds that a difference may take to find; texts that need more are shown as they are. */
const patience = 500

interface TextDiffDialogProps {
  compared: Compared
  row: CompareRow
  run: number
  onClose: () => void
}

/** A text of a run, with what it has more and less than that of the baseline. */
export function TextDiffDialog({ compared: { comparison, baseline }, row, run, onClose }: TextDiffDialogProps) {
  const text = String(valueAt(row, run) ?? '')
  const before = valueAt(row, baseline)
  const parts = useMemo(
    () => (before === null || run === baseline ? null : differences(String(before), text)),
    [before, run, baseline, text],
  )
  const name = (place: number) => comparison.runs[place]?.name ?? ''
  return (
    <Dialog
      open
      onOpenChange={open => open || onClose()}
      title={<code>{row.key}</code>}
      description={
        <span className={styles['runs']}>
          <RunSwatch run={comparison.runs[run]?.id ?? ''} />
          {name(run)}
          {run !== baseline && (
            <>
              <span>against the baseline</span>
              <RunSwatch run={comparison.runs[baseline]?.id ?? ''} />
              {name(baseline)}
            </>
          )}
        </span>
      }
      actions={
        <>
          <CopyButton text={text}>Copy text</CopyButton>
          <Button look="outline" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <section className={styles['scroll']} tabIndex={0} aria-label="Text">
        <pre className={styles['text']}>{parts ? parts.map((part, at) => <Part key={at} part={part} />) : text}</pre>
      </section>
      <p className={styles['note']}>{noteOf(before, run === baseline, parts)}</p>
    </Dialog>
  )
}

function noteOf(before: unknown, isBaseline: boolean, parts: Part[] | null): string {
  if (isBaseline) return 'This is the baseline.'
  if (before === null) return 'The baseline has none.'
  if (parts === null) return 'The texts are too different to tell what changed.'
  return parts.every(({ added, removed }) => !added && !removed) ? 'The same as the baseline.' : ''
}

type Part = Pick<ChangeObject<string>, 'value' | 'added' | 'removed'>

/** By lines where there are several, else by words; null where that takes too long. */
function differences(before: string, after: string): Part[] | null {
  const hasLines = before.includes('\n') && after.includes('\n')
  const found = hasLines ? diffLines(before, after, { timeout: patience }) : diffWordsWithSpace(before, after, { timeout: patience })
  return found ?? null
}

function Part({ part: { value, added, removed } }: { part: Part }) {
  if (added) return <ins className={styles['added']}>{value}</ins>
  if (removed) return <del className={styles['removed']}>{value}</del>
  return value
}
