import { ApiError } from '#contract/api-error.ts'
import { toFloat64 } from '#contract/int64.ts'
import type { Histogram, MediaText, PrCurve } from '#contract/media.ts'
import type { Parsed } from '#contract/operations.ts'
import { audioOf, bucketsOf, imageOf, prCurveOf, textsOf } from '#server/readers/tensorboard/media-value.ts'
import { WireError } from '#server/readers/tensorboard/wire.ts'

import { bytesAnswer, jsonAnswer } from './http.ts'
import { readEvent } from './media-record.ts'
import type { Services } from './services.ts'
import { sniffMedia } from './sniff-media.ts'

/** Histograms of one answer. */
const mostHistograms = 64

/** One image or piece of audio. Its bytes say what it is; what is neither is not served. */
export async function answerMediaFile(services: Services, { run, kind, tag, step, index }: Parsed<'mediaFile'>): Promise<Response> {
  const { records, ...place } = await services.mediaRecords({ run, kind, tag, step, limit: 1 })
  const event = await readEvent(place, records[0])
  const bytes = decoded(() => (kind === 'image' ? imageOf(event, tag, index) : audioOf(event, tag, index)))
  const type = sniffMedia(bytes)
  if (!type?.startsWith(`${kind}/`)) throw new ApiError('unsupported_media_type', `The value at step ${step} is no ${kind} that is known.`)
  return bytesAnswer(Uint8Array.from(bytes), type)
}

export async function answerMediaText(services: Services, { run, tag, step }: Parsed<'mediaText'>): Promise<Response> {
  const { records, ...place } = await services.mediaRecords({ run, kind: 'text', tag, step, limit: 1 })
  const [record] = records
  const event = await readEvent(place, record)
  const text: MediaText = { step: record?.step ?? 0, time: record?.time ?? 0, ...decoded(() => textsOf(event, tag)) }
  return json(text)
}

export async function answerHistograms(services: Services, { run, tag, step }: Parsed<'histograms'>): Promise<Response> {
  const { records, ...place } = await services.mediaRecords({ run, kind: 'histogram', tag, step: step ?? null, limit: mostHistograms })
  const histograms = await Promise.all(
    records.map(async (record): Promise<Histogram> => {
      const event = await readEvent(place, record)
      const buckets = decoded(() => bucketsOf(event, tag))
      const { step: at, time } = record
      return { step: at, time, buckets: buckets.map(([left, right, count]) => [toFloat64(left), toFloat64(right), toFloat64(count)]) }
    }),
  )
  return json({ histograms })
}

export async function answerPrCurve(services: Services, { run, tag, step }: Parsed<'prCurve'>): Promise<Response> {
  const { records, ...place } = await services.mediaRecords({ run, kind: 'pr-curve', tag, step, limit: 1 })
  const [record] = records
  const event = await readEvent(place, record)
  const rows = decoded(() => prCurveOf(event, tag)).map(row => row.map(toFloat64))
  const [truePositives = [], falsePositives = [], trueNegatives = [], falseNegatives = [], precision = [], recall = []] = rows
  const counts = { truePositives, falsePositives, trueNegatives, falseNegatives }
  const curve: PrCurve = { step: record?.step ?? 0, time: record?.time ?? 0, ...counts, precision, recall }
  return json(curve)
}

function json(value: unknown): Response {
  return jsonAnswer(Buffer.from(JSON.stringify(value)))
}

/** Files may have been written anew since they were read. */
function decoded<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    throw new ApiError('not_found', `The event file no longer has this value: ${error.message}.`)
  }
}
