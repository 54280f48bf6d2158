import path from 'node:path'

import type { ProjectRecord } from '#server/readers/record.ts'

import { isHparamsFolder } from './logdir.ts'

/** A logdir is one project, whose id within the source says nothing more. */
const projectId = '.'

export interface RunPlace {
  /** Path relative to the logdir, with `/`; `.` for the logdir itself. */
  foreignId: string
  projectForeignId: string
  name: string
  /** Absolute. */
  directory: string
  /** Foreign id of the run in whose folder PyTorch's `add_hparams` put this one; empty for none. */
  parent: string
}

/** Where the run in a folder of a logdir lies; `isRun` says of another folder whether it holds one. */
export function placeOf(logdir: string, foreignId: string, isRun: (folder: string) => boolean): RunPlace {
  const around = path.posix.dirname(foreignId)
  const isChild = foreignId !== '.' && isHparamsFolder(path.posix.basename(foreignId)) && isRun(around)
  return {
    foreignId,
    projectForeignId: projectId,
    name: foreignId === '.' ? path.basename(logdir) : foreignId,
    directory: path.join(logdir, foreignId),
    parent: isChild ? around : '',
  }
}

export function projectOf(name: string): ProjectRecord {
  return {
    type: 'project',
    foreignId: projectId,
    name,
    path: '.',
    description: '',
    tags: [],
    deleted: false,
    primaryMetric: null,
  }
}
