import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { ArtifactEntry } from '#contract/artifact.ts'
import { artifactTextQuery } from '#data/artifacts.ts'
import { formatBytes } from '#lib/format.ts'
import { indentJson } from '#lib/indent-json.ts'
import { parseTolerantJson } from '#lib/tolerant-json.ts'
import { Bar, Failed, Loading } from '#ui/states.tsx'

import { CsvPreview } from './csv-preview.tsx'

import styles from './artifacts.module.css'

/** Bytes of a text that are fetched at most. */
const textLimit = 1_000_000
/** Lines of one block: the browser lays out only the blocks that are in sight. */
const blockLines = 200

interface TextPreviewProps {
  run: string
  model: string
  entry: ArtifactEntry
}

/** Text of a file, its first MB: JSON indented, CSV as a table, all else as it is. */
export function TextPreview({ run, model, entry }: TextPreviewProps) {
  const { data, error } = useQuery(artifactTextQuery(run, entry.path, model, textLimit))
  if (error) return <Failed what="This file cannot be shown." error={error} />
  if (!data) return <TextFrame />
  const isCut = data.truncated
  const text = isCut ? data.text.replace(/\uFFFD+$/, '') : data.text
  const cut = isCut ? `First ${formatBytes(textLimit)} of ${formatBytes(entry.size)}` : ''
  if (entry.preview === 'csv') return <CsvPreview name={entry.name} text={text} cut={cut} />
  return entry.preview === 'json' ? <JsonText text={text} cut={cut} /> : <PlainText text={text} notice={cut} />
}

function JsonText({ text, cut }: { text: string; cut: string }) {
  const { indented, fault } = useMemo(() => ({ indented: indentJson(text), fault: cut === '' ? jsonFault(text) : '' }), [text, cut])
  return <PlainText text={fault === '' ? indented : text} notice={fault === '' ? cut : `Not valid JSON, shown as it is: ${fault}`} />
}

/** Why a text is no JSON, Python's bare NaN allowed; empty where it is. */
function jsonFault(text: string): string {
  try {
    parseTolerantJson(text)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function PlainText({ text, notice }: { text: string; notice: string }) {
  const blocks = useMemo(() => textBlocks(text), [text])
  return (
    <>
      {notice !== '' && <p className={styles['notice']}>{notice}</p>}
      {/* Focusable, since keys must scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={styles['text']} tabIndex={0} aria-label="Text of the file">
        <pre className={styles['pre']}>
          {blocks.map(({ start, lines, text }) => (
            <span key={start} className={styles['block']} style={{ containIntrinsicBlockSize: `auto ${lines * 18}px` }}>
              {text}
            </span>
          ))}
        </pre>
      </section>
    </>
  )
}

function textBlocks(text: string): { start: number; lines: number; text: string }[] {
  const lines = text.split('\n')
  const blocks: { start: number; lines: number; text: string }[] = []
  for (let start = 0; start < lines.length; start += blockLines) {
    const part = lines.slice(start, start + blockLines)
    blocks.push({ start, lines: part.length, text: part.join('\n') })
  }
  return blocks
}

function TextFrame() {
  return (
    <Loading>
      <div className={styles['text']}>
        {['42ch', '56ch', '30ch', '48ch'].map(width => (
          <div key={width} className={styles['textBar']}>
            <Bar width={width} />
          </div>
        ))}
      </div>
    </Loading>
  )
}
