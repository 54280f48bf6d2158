import { basename, dirname } from 'node:path'

/** Names that many projects have in them: they tell folders of one project apart, after the project's own name. */
const saysLittle =
  /^(?:src|code|app|notebooks?|experiments?|runs?|scripts?|data|outputs?|results?|logs?|train(?:ing)?|models?|work|workspace)$/i

interface NameRules {
  /** Names that say nothing of whose runs a folder holds: passed over. */
  saysNothing?: (name: string) => boolean
  /** Names usual for the format, which say little as well. */
  saysLittle?: (name: string) => boolean
  /** Put behind the folder's name. */
  below?: string[]
}

/**
 * What a user would call a folder: its name, or as many of the names above it as it takes to say something, at most three
 * (`breastcancer/src`). Empty where all of them say nothing.
 */
export function nameOfFolder(directory: string, { saysNothing, saysLittle: little, below = [] }: NameRules): string {
  const names = [...below]
  for (let folder = directory; dirname(folder) !== folder; folder = dirname(folder)) {
    const name = basename(folder)
    if (saysNothing?.(name)) continue
    names.unshift(name)
    if (!(saysLittle.test(name) || little?.(name)) || names.length > 2) break
  }
  return names.join('/')
}
