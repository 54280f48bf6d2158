import type { Project } from '#contract/source.ts'

/**
 * What stands beside a project's name to tell it from others of the same name: the last folder of its source where that is enough, else the
 * whole source. Projects with a name of their own have none.
 */
export function projectLabels(projects: readonly Pick<Project, 'id' | 'name' | 'source'>[]): Map<string, string> {
  const labels = new Map<string, string>()
  for (const sharing of Map.groupBy(projects, project => project.name).values()) {
    if (sharing.length < 2) continue
    const ends = sharing.map(({ source }) => source.slice(source.lastIndexOf('/') + 1))
    for (const [index, { id, source }] of sharing.entries()) {
      const end = ends[index] ?? source
      labels.set(id, ends.indexOf(end) === ends.lastIndexOf(end) ? end : source)
    }
  }
  return labels
}
