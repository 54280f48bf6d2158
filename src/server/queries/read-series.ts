import { encodeSeriesFrame } from '#contract/series-frame.ts'
import { snapshot } from '#server/store/database.ts'

import type { Reader } from './reader.ts'
import { findMetric, wholeSeries } from './series-of-run.ts'

/** Every point of one metric of a run in the order (step, time, arrival), as a series frame. */
export function readSeries(reader: Reader, input: { run: string; key: string }): Uint8Array<ArrayBuffer> {
  return snapshot(reader.database, () => encodeSeriesFrame(wholeSeries(reader, findMetric(reader, input.run, input.key))))
}
