import path from 'node:path'

import { nameOfFolder } from '#server/readers/folder-name.ts'
import type { FoundSource, ReadOptions, RunReader, UnchangedRecord } from '#server/readers/reader.ts'
import type { SourceRecord } from '#server/readers/record.ts'

import { hasEventFile, isEventFile } from './event-files.ts'
import { isUsualLogdir, logdirOf } from './logdir.ts'
import { placeOf, projectOf } from './run-place.ts'
import { readRun } from './run.ts'
import { TensorboardWatch } from './watch.ts'

/** Reads the event files of TensorBoard, as TensorFlow, PyTorch, tensorboardX and all that log through them write them. */
export const tensorboardReader: RunReader = {
  format: 'tensorboard',
  detect: () => false,
  parts: { holds: hasEventFile, sourceOf: logdirOf },
  describe: directory => ({
    format: 'tensorboard',
    path: directory,
    name: nameOfFolder(directory, { saysLittle: isUsualLogdir }) || directory,
    marks: [],
  }),
  explainFile: file =>
    isEventFile(path.basename(file))
      ? `is a single TensorBoard event file, which is not read on its own: give its folder, ${path.dirname(file)}`
      : null,
  count: source => partsOf(source).length,
  read,
  watch: source => new TensorboardWatch(source.path),
}

/** Folders of the runs, relative to the logdir; the logdir itself is `.`. */
function partsOf({ parts = [] }: FoundSource): string[] {
  return parts
}

function* read(source: FoundSource, options: ReadOptions): Generator<SourceRecord | UnchangedRecord, void> {
  const parts = partsOf(source)
  const runs = new Set(parts)
  yield projectOf(source.name)
  for (const foreignId of parts) {
    yield* readRun(
      placeOf(source.path, foreignId, run => runs.has(run)),
      options.known(foreignId),
    )
  }
}
