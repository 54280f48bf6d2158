import path from 'node:path'

import { ApiError } from '#contract/api-error.ts'
import { toInt64, type Int64 } from '#contract/int64.ts'
import type { MediaKind, MediaList } from '#contract/media.ts'
import { nearest } from '#contract/nearest.ts'
import { storedMedia, type MediaIndex } from '#server/store/media.ts'

import { findRun, type Reader } from './reader.ts'

export interface MediaAsk {
  run: string
  kind: MediaKind
  tag: string
  /** Null asks for values at even distances, the last among them, at most `limit`. */
  step: string | null
  limit: number
}

/** Where values lie. From our own scan only. */
export interface MediaPlaces {
  /** Folder of the run, and of the source that its real path must stay in. */
  root: string
  inside: string
  records: { step: Int64; time: number; file: string; offset: number }[]
}

/** What a run logged besides numbers. */
export function listMedia(reader: Reader, input: { run: string }): MediaList {
  const run = findRun(reader, input.run)
  return {
    tags: storedMedia(reader.database, run.no).map(({ kind, tag, steps, items }) => ({
      kind,
      tag,
      items,
      steps: [...new BigInt64Array(new Set(steps)).sort()].map(toInt64),
    })),
  }
}

/** Where the values of a tag lie that are asked for, ascending by step. */
export function mediaRecords(reader: Reader, { run: id, kind, tag, step, limit }: MediaAsk): MediaPlaces {
  const run = findRun(reader, id)
  const [index] = storedMedia(reader.database, run.no, { kind, tag })
  if (!index) throw unknownTag(reader, run.no, kind, tag)
  const latest = lastOfSteps(index)
  const wanted = step === null ? evenly(latest, limit) : latest.filter(at => index.steps[at] === BigInt(step))
  if (wanted.length === 0) throw new ApiError('not_found', `The tag ${tag} has no ${kind} at step ${step}.`)
  const place = reader.database
    .prepare(
      'select source.path as source, place.path from place join source on source.no = place.source where run = ? order by place.missing',
    )
    .get(run.no)
  if (!place) throw new ApiError('not_found', 'The files of this run are gone.')
  const inside = String(place['source'])
  return {
    root: path.join(inside, String(place['path'])),
    inside,
    records: wanted.map(at => ({
      step: toInt64(index.steps[at] ?? 0n),
      time: index.times[at] ?? 0,
      file: index.names[index.files[at] ?? 0] ?? '',
      offset: index.offsets[at] ?? 0,
    })),
  }
}

/** Positions of the last value at each step, ascending by step. */
function lastOfSteps({ steps, times }: MediaIndex): number[] {
  const order = [...steps.keys()].sort((a, b) => Number(steps[a]! - steps[b]!) || times[a]! - times[b]! || a - b)
  return order.filter((at, place) => steps[at] !== steps[order[place + 1] ?? -1])
}

function evenly(positions: readonly number[], limit: number): number[] {
  if (positions.length <= limit) return [...positions]
  return Array.from({ length: limit }, (_, at) => positions[Math.round((at * (positions.length - 1)) / (limit - 1))] ?? 0)
}

function unknownTag(reader: Reader, run: number, kind: MediaKind, tag: string): ApiError {
  const known = storedMedia(reader.database, run).filter(other => other.kind === kind)
  const near = nearest(
    tag,
    known.map(other => other.tag),
  )
  return new ApiError('not_found', `This run has no ${kind} with the tag ${tag}.`, near === undefined ? {} : { nearest: near })
}
