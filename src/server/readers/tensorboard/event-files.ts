/**
 * TensorBoard takes every name that contains `tfevents` (tensorboard/backend/event_processing/io_wrapper.py) but for the marker that
 * its profiler leaves. Names that go on with a letter (`tfeventstream.go`) and those of other kinds of files are no event files.
 */
const eventName = /tfevents(?![a-z])/i
const otherKind = /\.(?:profile-empty|pyc?|ipynb|go|rs|cc|h|js|ts|md|rst|txt|json|ya?ml|csv|tsv|png|gz|bz2|xz|zip|tar|tgz|part|tmp)$/i

export function isEventFile(name: string): boolean {
  return eventName.test(name) && !otherKind.test(name)
}

export function hasEventFile(names: Iterable<string>): boolean {
  for (const name of names) if (isEventFile(name)) return true
  return false
}

/** `events.out.tfevents.<unix seconds>.<host>[.<process>.<count>][.v2]` */
const usualName = /^events\.out\.tfevents\.\d+\.(.+?)(?:\.\d+\.\d+)?(?:\.v2)?$/

/** The host that a name as TensorFlow and PyTorch give it says; empty for any other. */
export function hostOf(name: string): string {
  return usualName.exec(name)?.[1] ?? ''
}
