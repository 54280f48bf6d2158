import { basename, dirname, relative, sep } from 'node:path'

/** Names that users and frameworks give to a logdir. */
const usualNames =
  /^(?:runs|logs?|logdirs?|lightning_logs|tb_?(?:logs?|runs|data|events)?|tensorboards?(?:[_-]?(?:logs?|runs|log_dir|logdir))?|tf_?logs?|tfevents|event_?files|summar(?:y|ies)|train(?:ing)?_logs)$/i
/** Names of the parts of one training: what lies around them is the run that they belong to. */
const partNames = /^(?:train(?:ing)?|val(?:id(?:ation)?)?|test(?:ing)?|eval(?:uation)?|events?|version_\d+)$/i
/** The folder that PyTorch's `add_hparams` makes: the seconds since the epoch as Python prints them. */
const floatTime = /^\d{9,}\.\d+$/

export function isUsualLogdir(name: string): boolean {
  return usualNames.test(name)
}

/** Is it the name of a folder that PyTorch's `add_hparams` made in the run's own? */
export function isHparamsFolder(name: string): boolean {
  return floatTime.test(name)
}

/**
 * The logdir to which a folder with event files belongs, given that the one at `given` and all below it may be looked at. TensorBoard
 * is told its logdir and leaves no sign of it, so it is found from the names: the path given where it holds event files itself; else
 * the topmost folder with a name usual for one; else the folder around the run. Never above the path given.
 */
export function logdirOf(directory: string, given: string, givenHoldsEvents: boolean): string {
  if (givenHoldsEvents) return given
  const below = relative(given, directory)
  const parts = below === '' ? [] : below.split(sep)
  let folder = given
  for (const part of ['', ...parts]) {
    if (part !== '') folder = folder.endsWith(sep) ? folder + part : folder + sep + part
    if (isUsualLogdir(basename(folder))) return folder
  }
  let run = directory
  while (run !== given && (partNames.test(basename(run)) || isHparamsFolder(basename(run)))) run = dirname(run)
  return run === given ? given : dirname(run)
}
