import type { Project } from '#contract/source.ts'

/** What stands beside a project's name to tell it from others of the same name: its source. Projects with a name of their own have none. */
export function projectLabels(projects: readonly Pick<Project, 'id' | 'name' | 'source'>[]): Map<string, string> {
  const sharing = new Map<string, number>()
  for (const { name } of projects) sharing.set(name, (sharing.get(name) ?? 0) + 1)
  return new Map(projects.filter(({ name }) => (sharing.get(name) ?? 0) > 1).map(({ id, source }) => [id, source]))
}
