import { closeSync } from 'node:fs'

import { isGone, openForReading, readFaultReason, readFully, statRegular } from '#server/readers/text-file.ts'

import type { EventDecoder } from './event-decoder.ts'
import { RecordReader, usualLimits } from './record-reader.ts'
import type { RunFile } from './run-files.ts'
import { Wire, WireError } from './wire.ts'

export interface EventHooks {
  /** What could not be read, with its place in the file in the reason. */
  fault: (file: RunFile, reason: string) => void
  /** A file that was listed is not there any more. */
  gone: () => void
  /** Bytes as they are read, in their order. */
  block: (bytes: Buffer) => void
  /** Asked after each record: is it time to hand out what was gathered? */
  full: () => boolean
  /** Where the last whole record of a file ended. */
  end?: (file: RunFile, wholeEnd: number) => void
}

/** Records that carry a graph: 4 graph_def, 8 tagged_run_metadata, 9 meta_graph_def, as keys. */
const graphKeys = new Set([34, 66, 74])

/**
 * Decodes the event files of a run one after the other, each from `start` and as long as it was when it was listed, and yields whenever `full` says so.
 * A record that cannot be taken is told and the reading goes on after it; one that is cut off at the end of its file is still being
 * written.
 */
export function* readEvents(
  files: readonly RunFile[],
  decoder: EventDecoder,
  hooks: EventHooks,
  start: (file: RunFile) => number = () => 0,
): Generator<void, void> {
  for (const file of files) {
    let descriptor: number
    try {
      descriptor = openForReading(file.path)
    } catch (error) {
      if (isGone(error)) hooks.gone()
      else hooks.fault(file, readFaultReason(error))
      continue
    }
    try {
      statRegular(descriptor)
      const read = (target: Buffer, start: number, length: number, position: number) =>
        readFully(descriptor, target, start, length, position)
      const reader = new RecordReader(read, file.size, ({ reason }) => hooks.fault(file, reason), hooks.block, usualLimits, start(file))
      while (reader.next()) {
        decodeRecord(file, reader, decoder, hooks)
        if (hooks.full()) yield
      }
      hooks.end?.(file, reader.wholeEnd)
    } catch (error) {
      hooks.fault(file, readFaultReason(error))
    } finally {
      closeSync(descriptor)
    }
  }
}

function decodeRecord(file: RunFile, reader: RecordReader, decoder: EventDecoder, hooks: EventHooks): void {
  const { bytes, view, start, end, length, offset } = reader
  try {
    if (length === end - start) decoder.decode(bytes, view, start, end, offset)
    else if (!graphKeys.has(carrierOf(bytes, view, start, end)))
      hooks.fault(file, `the event at byte ${offset} has ${length} bytes, more than the 16 MiB that are read; it is left out`)
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    hooks.fault(file, `the record at byte ${offset} (${length} bytes) is no event: ${error.message}`)
  }
}

/** Key of the first field that is neither time nor step, from the head of an event. */
function carrierOf(bytes: Buffer, view: DataView, start: number, end: number): number {
  const wire = new Wire(bytes, view)
  wire.at = start
  while (wire.at < end) {
    const key = wire.varint(end)
    if (key !== 9 && key !== 16) return key
    wire.skip(key, end)
  }
  return 0
}
