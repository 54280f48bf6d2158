import { closeSync } from 'node:fs'

import type { FileBuffer } from '#server/readers/file-buffer.ts'
import type { PointsRecord, SeriesRecord } from '#server/readers/record.ts'
import { isGone, openForReading, readFaultReason, readFully } from '#server/readers/text-file.ts'

import { type LineFaults, MetricLines } from './metric-lines.ts'
import { type MetricTails, tailOf } from './metric-tail.ts'
import type { RunFileReader, RunMarks } from './run-files.ts'
import type { TreeEntry } from './source-tree.ts'

/** A larger metric file is read in slices, its points follow the run. */
const wholeFileLimit = 8 * 1024 * 1024
/** Metric files of one run that are held in memory together; those beyond it follow the run as well. */
const wholeRunLimit = 64 * 1024 * 1024
const sliceBytes = 128 * 1024
/** A slice has at most 32,769 points (`0 0\n` is the shortest line), so that no record exceeds 65,536. */
const pointsBeforeRecord = 32_000
const lineLimit = 64 * 1024
/** No writer makes such a line: what follows is not worth reading gigabytes for. */
const endlessLineLimit = 16 * 1024 * 1024

/** A metric file that is read after the run: its first `size` bytes, what is appended later comes with the next reading. */
export interface LongMetric {
  entry: TreeEntry
  size: number
}

export interface RunMetrics {
  series: SeriesRecord[]
  long: LongMetric[]
}

/**
 * Reads the metric files of a run; what cannot be taken becomes an issue with its line. `tails` takes where to go on when they have
 * grown: then a last line without an end is left to the writer of a run that goes on.
 */
export function readMetrics(
  entries: readonly TreeEntry[],
  buffer: FileBuffer,
  marks: RunMarks,
  reader: RunFileReader,
  running: boolean,
  tails?: MetricTails,
): RunMetrics {
  const metrics: RunMetrics = { series: [], long: [] }
  let held = 0
  for (const entry of entries) {
    try {
      const { start, end, size, modified, whole } = buffer.read(entry.path, held < wholeRunLimit ? wholeFileLimit : sliceBytes)
      marks.add('metrics', entry.name, size, modified, whole ? end - start : size)
      if (!whole) {
        metrics.long.push({ entry, size })
        continue
      }
      held += size
      const text = buffer.bytes.toString('latin1', start, end)
      const lines = new MetricLines(entry.name)
      const rest = lines.addLines(text)
      const left = tails !== undefined && running ? text.length - rest : 0
      if (rest < text.length && left === 0) lines.addLastLine(text.slice(rest), running)
      const torn = rest < text.length && left === 0
      tails?.set(entry.name, tailOf(entry, size, size - left, torn, lines))
      const series = lines.take()
      if (series.values.length > 0) metrics.series.push(series)
      else if (!running && lines.faults.listed.length === 0) reader.fault(entry.path, null, noPoint)
      addFaults(lines.faults, entry, reader)
    } catch (error) {
      if (isGone(error)) marks.clean = false
      else reader.fault(entry.path, null, readFaultReason(error))
    }
  }
  return metrics
}

function addFaults(faults: LineFaults, entry: TreeEntry, reader: RunFileReader): void {
  for (const { line, reason } of faults.listed) reader.fault(entry.path, line, reason)
  if (faults.more > 0) reader.fault(entry.path, null, `${faults.more} more lines could not be read`)
}

const noPoint = 'holds no point'

/**
 * Adds the bytes of long metric files to the digest and finds their bad lines: both stand in the run's record, which comes
 * before their points. Returns those that have points.
 */
export function checkLongMetrics(
  long: readonly LongMetric[],
  buffer: FileBuffer,
  reader: RunFileReader,
  running: boolean,
  tails?: MetricTails,
): LongMetric[] {
  return long.filter(metric => {
    const lines = new MetricLines(metric.entry.name, false)
    try {
      for (const _ of parseSlices(metric, lines, running, tails !== undefined, slice => buffer.addToDigest(slice)));
      if (lines.points === 0 && !running && lines.faults.listed.length === 0) reader.fault(metric.entry.path, null, noPoint)
      addFaults(lines.faults, metric.entry, reader)
    } catch (error) {
      reader.fault(metric.entry.path, null, readFaultReason(error))
    }
    return lines.points > 0
  })
}

/** The points of a long metric file in records of at most 65,536, with bounded memory whatever the file holds. */
export function* readLongMetric(
  runForeignId: string,
  metric: LongMetric,
  reader: RunFileReader,
  running: boolean,
  tails?: MetricTails,
): Generator<PointsRecord, void> {
  const { entry, size } = metric
  const lines = new MetricLines(entry.name)
  try {
    const slices = parseSlices(metric, lines, running, tails !== undefined, () => {})
    for (let slice = slices.next(); ; slice = slices.next()) {
      if (slice.done) {
        tails?.set(entry.name, tailOf(entry, size, size - slice.value.left, slice.value.torn, lines))
        return
      }
      yield { type: 'points', runForeignId, series: slice.value }
    }
  } catch (error) {
    reader.fault(metric.entry.path, null, readFaultReason(error))
  }
}

const longLine = `the line is longer than ${lineLimit / 1024} KiB`
const endlessLine = `the line is longer than ${endlessLineLimit / 1024 / 1024} MiB; the rest of the file is not read`

/**
 * Parses the first `size` bytes of a file; what is left of a line at the end of one slice is kept in front of the next. With `followed`
 * the last line of a run that goes on is left where it has no end; it returns how many bytes it left, or that it took such a line.
 */
function* parseSlices(
  { entry, size }: LongMetric,
  lines: MetricLines,
  running: boolean,
  followed: boolean,
  onSlice: (bytes: Buffer) => void,
): Generator<SeriesRecord, { left: number; torn: boolean }> {
  const part = Buffer.allocUnsafe(lineLimit + sliceBytes)
  const descriptor = openForReading(entry.path)
  const end = { left: 0, torn: false }
  try {
    let held = 0
    let skipped = 0
    for (let position = 0; position < size;) {
      const count = readFully(descriptor, part, held, Math.min(sliceBytes, size - position), position)
      if (count === 0) break
      position += count
      const to = held + count
      onSlice(part.subarray(held, to))
      let start = 0
      if (skipped > 0) {
        start = part.subarray(0, to).indexOf(10) + 1
        skipped += count
        if (start === 0 && skipped > endlessLineLimit) break
        if (start === 0) continue
        lines.skipLine(longLine)
        skipped = 0
      }
      const text = part.toString('latin1', start, to)
      const rest = start + lines.addLines(text)
      held = to - rest
      part.copy(part, 0, rest, to)
      if (held > lineLimit) {
        skipped = held
        held = 0
      }
      if (lines.series.values.length >= pointsBeforeRecord) yield lines.take()
    }
    end.torn = skipped > 0 || held > 0
    if (skipped > 0) lines.skipLine(skipped > endlessLineLimit ? endlessLine : longLine)
    else if (followed && running) Object.assign(end, { left: held, torn: false })
    else lines.addLastLine(part.toString('latin1', 0, held), running)
  } finally {
    closeSync(descriptor)
  }
  if (lines.series.values.length > 0) yield lines.take()
  return end
}
