import { queryOptions, type QueryClient } from '@tanstack/react-query'

import type { RunDetail } from '#contract/run.ts'
import { artifactsQuery, artifactTextQuery } from '#data/artifacts.ts'

import type { ArtifactPlace } from './artifact-tree.ts'
import { condaPackagesOf, pythonOf, requirementsOf, type Environment } from './environment-text.ts'
import { modelHistory } from './model-history.ts'

type Run = Pick<RunDetail, 'id' | 'models' | 'tags'>

/** Models whose folders are looked at: one that has no such file is rare, a hundred of them not worth a hundred requests. */
const mostFolders = 4

/**
 * Python and packages of a run, from the first folder that has files of them: those of the models it made, latest first, then the run's
 * own artifacts. What cannot be read counts as not logged.
 */
export function environmentQuery(run: Run) {
  return queryOptions({
    queryKey: ['environment', run.id],
    queryFn: async ({ client }): Promise<Environment> => {
      for (const folder of modelFolders(run)) {
        const environment = await environmentIn(client, run.id, folder)
        if (environment.python !== '' || environment.packages.length > 0) return environment
      }
      return { python: '', packages: [] }
    },
    staleTime: 60_000,
  })
}

function modelFolders({ models, tags }: Run): ArtifactPlace[] {
  const made = models.filter(({ direction, id }) => direction === 'output' && id !== '').map(({ id }) => ({ model: id, path: '' }))
  const history = modelHistory(tags.find(tag => tag.key === 'mlflow.log-model.history')?.value ?? '')
  const inRun = history.map(({ path }) => ({ model: '', path }))
  return [...made.toReversed(), ...inRun.toReversed()].slice(0, mostFolders).concat({ model: '', path: '' })
}

async function environmentIn(client: QueryClient, run: string, { model, path }: ArtifactPlace): Promise<Environment> {
  const folder = await client.ensureQueryData(artifactsQuery(run, path, model)).catch(() => null)
  const text = async (name: string): Promise<string> => {
    const file = folder?.entries.find(entry => !entry.directory && entry.name === name && entry.size > 0)
    if (!file) return ''
    const read = await client.ensureQueryData(artifactTextQuery(run, file.path, model)).catch(() => null)
    return read?.text ?? ''
  }
  const [requirements, python, conda] = await Promise.all([text('requirements.txt'), text('python_env.yaml'), text('conda.yaml')])
  const packages = requirementsOf(requirements)
  return { python: pythonOf(python) || pythonOf(conda), packages: packages.length > 0 ? packages : condaPackagesOf(conda) }
}
