import type { Project } from '#contract/source.ts'

/** Shorter common starts are left: the words are easier to read than what is left of them. */
const longStart = 8

/** The texts without the words they all start with, an ellipsis in their place where that start is long. */
function whatDiffers(texts: readonly string[]): string[] {
  const [first = ''] = texts
  let same = 0
  while (same < first.length && texts.every(text => text[same] === first[same])) same += 1
  const words = /^.*[-_/. ]/su.exec(first.slice(0, same))?.[0].length ?? 0
  return words < longStart ? [...texts] : texts.map(text => `…${text.slice(words)}`)
}

/**
 * What stands beside a project's name to tell it from others of the same name: the last folder of its source where that is enough, else the
 * whole source; without a long start that they all share. Projects with a name of their own have none.
 */
export function projectLabels(projects: readonly Pick<Project, 'id' | 'name' | 'source'>[]): Map<string, string> {
  const labels = new Map<string, string>()
  for (const sharing of Map.groupBy(projects, project => project.name).values()) {
    if (sharing.length < 2) continue
    const ends = sharing.map(({ source }) => source.slice(source.lastIndexOf('/') + 1))
    const texts = sharing.map(({ source }, index) => {
      const end = ends[index] ?? source
      return ends.indexOf(end) === ends.lastIndexOf(end) ? end : source
    })
    for (const [index, text] of whatDiffers(texts).entries()) labels.set(sharing[index]?.id ?? '', text)
  }
  return labels
}
