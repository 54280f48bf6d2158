import path from 'node:path'

import { nameOfFolder } from '#server/readers/folder-name.ts'
import type { FoundSource, ReadOptions, RunReader, UnchangedRecord } from '#server/readers/reader.ts'
import type { SourceRecord } from '#server/readers/record.ts'

import { hasEventFile, isEventFile } from './event-files.ts'
import { isHparamsFolder, isUsualLogdir, logdirOf } from './logdir.ts'
import { readRun } from './run.ts'

/** A logdir is one project, whose id within the source says nothing more. */
const projectId = '.'

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
}

/** Folders of the runs, relative to the logdir; the logdir itself is `.`. */
function partsOf({ parts = [] }: FoundSource): string[] {
  return parts
}

function* read(source: FoundSource, options: ReadOptions): Generator<SourceRecord | UnchangedRecord, void> {
  const parts = partsOf(source)
  const runs = new Set(parts)
  yield {
    type: 'project',
    foreignId: projectId,
    name: source.name,
    path: '.',
    description: '',
    tags: [],
    deleted: false,
    primaryMetric: null,
  }
  for (const foreignId of parts) {
    const around = path.posix.dirname(foreignId)
    const isChild = foreignId !== '.' && isHparamsFolder(path.posix.basename(foreignId)) && runs.has(around)
    const place = {
      foreignId,
      projectForeignId: projectId,
      name: foreignId === '.' ? path.basename(source.path) : foreignId,
      directory: path.join(source.path, foreignId),
      parent: isChild ? around : '',
    }
    yield* readRun(place, options.known(foreignId))
  }
}
