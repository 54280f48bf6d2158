import type { Query, QueryKey } from '@tanstack/react-query'

import type { Comparison } from '#contract/comparison.ts'
import type { LiveEvent } from '#contract/live-event.ts'
import type { RunDetail } from '#contract/run.ts'
import type { Project } from '#contract/source.ts'

import type { GroupsAsk } from './groups.ts'

/** How soon what is shown follows a change: at once, or at leisure where it hardly ever changes with one; null where not at all. */
export type Pace = 'soon' | 'slow' | null

type Known = Pick<Query, 'queryKey' | 'state'>

/** Does the change touch what the query asks for? `projects` are those known here, since an address may name a project as its format does. */
export function affectedBy({ queryKey, state }: Known, change: LiveEvent, projects: readonly Project[]): Pace {
  const [noun, first, second] = queryKey
  const inProject = (id: unknown) => {
    if (change.projects === null) return true
    const known = projects.find(project => project.id === id) ?? projects.find(project => project.foreignId === id)
    return change.projects.includes(known?.id ?? String(id))
  }
  const isRun = (id: unknown) => change.runs?.includes(String(id)) ?? true
  switch (noun) {
    case 'sources':
      return change.sources ? 'soon' : null
    case 'projects':
      return change.projects === null || change.projects.length > 0 ? 'soon' : null
    case 'runs':
      return inProject(projectOf(first)) ? 'soon' : null
    case 'keys':
    case 'values':
      return inProject(projectOf(first)) ? 'slow' : null
    case 'all-keys':
    case 'key-list':
      return inProject(first) ? 'slow' : null
    case 'run':
      return paceOfRun(state.data as RunDetail | undefined, isRun, inProject)
    case 'comparison':
      return paceOfComparison(state.data as Comparison | undefined, isRun, change.runs?.length === 0)
    case 'series':
      if (change.runs?.length === 0) return null
      return Array.isArray(second) && second.some(ref => isRun((ref as { run: string }).run)) ? 'soon' : null
    case 'run-groups':
      return inProject(projectOf(first)) ? 'slow' : null
    case 'group-series': {
      if (change.runs?.length === 0) return null
      const { groups } = first as GroupsAsk
      return groups.some(({ runs }) => runs.some(isRun)) ? 'soon' : null
    }
    case 'media':
      return isRun(first) ? 'soon' : null
    case 'histograms':
      return isRun(first) ? 'slow' : null
    case 'artifacts':
      return change.runs?.length !== 0 && isRun(first) ? 'slow' : null
    default:
      return null
  }
}

/** A run that is not here yet may be any that comes. */
function paceOfComparison(compared: Comparison | undefined, isRun: (id: string) => boolean, noRuns: boolean): Pace {
  if (!compared || compared.runs.some(({ id }) => isRun(id))) return 'soon'
  return compared.missing.length > 0 && !noRuns ? 'slow' : null
}

/** Runs around it are named on its page, and one that is new there is not known to be its child. */
function paceOfRun(run: RunDetail | undefined, isRun: (id: string) => boolean, inProject: (id: string) => boolean): Pace {
  if (!run) return 'soon'
  if (!inProject(run.project.id)) return null
  return isRun(run.id) || run.children.some(({ id }) => isRun(id)) ? 'soon' : 'slow'
}

function projectOf(input: QueryKey[number]): unknown {
  return typeof input === 'object' && input !== null && 'project' in input ? input.project : undefined
}
