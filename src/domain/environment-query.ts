import { queryOptions, type QueryClient } from '@tanstack/react-query'

import { artifactsQuery, artifactTextQuery } from '#data/artifacts.ts'

import { condaPackagesOf, pythonOf, requirementsOf, type Environment } from './environment-text.ts'
import { modelHistory } from './model-history.ts'

interface Run {
  id: string
  /** Ids of the logged models that it made, in the order it made them. */
  made: readonly string[]
  /** What MLflow 2 says of its models in the tag `mlflow.log-model.history`; empty where there is none. */
  history: string
}

/** A path below the artifacts of the run, or of the model whose id is given. */
interface Folder {
  model: string
  path: string
}

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

function modelFolders({ made, history }: Run): Folder[] {
  const models = made.map(model => ({ model, path: '' }))
  const inRun = modelHistory(history).map(({ path }) => ({ model: '', path }))
  return [...models.toReversed(), ...inRun.toReversed()].slice(0, mostFolders).concat({ model: '', path: '' })
}

async function environmentIn(client: QueryClient, run: string, { model, path }: Folder): Promise<Environment> {
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
