import type { ModelOutput } from '#contract/run.ts'
import type { RegisteredVersion } from '#server/store/models.ts'
import type { RunDetails } from '#server/store/prepared.ts'

import type { Reader, RunRef } from './reader.ts'

interface Registered {
  name: string
  aliases: [string, number][]
  versions: RegisteredVersion[]
}

function registeredIn({ database }: Reader, sources: readonly number[]): Registered[] {
  const statement = database.prepare('select name, aliases, versions from registered_model where source = ?')
  return sources.flatMap(source =>
    statement.all(source).map(row => ({
      name: String(row['name']),
      aliases: JSON.parse(String(row['aliases'])) as [string, number][],
      versions: JSON.parse(String(row['versions'])) as RegisteredVersion[],
    })),
  )
}

function versionsOf(registered: readonly Registered[], fits: (version: RegisteredVersion) => boolean): ModelOutput['versions'] {
  return registered.flatMap(({ name, aliases, versions }) =>
    versions.filter(fits).map(({ version, stage }) => ({
      model: name,
      version,
      stage,
      aliases: aliases.filter(([, of]) => of === version).map(([alias]) => alias),
    })),
  )
}

/**
 * Models that the run read or made, with the registered versions made from them. A version that names the run and no logged
 * model (MLflow 2.x) stands as a model of its own.
 */
export function runModels(reader: Reader, run: RunRef, links: RunDetails['models']): ModelOutput[] {
  const { database } = reader
  const sources = database
    .prepare('select source from place where run = ?')
    .all(run.no)
    .map(row => Number(row['source']))
  const registered = registeredIn(reader, sources)
  const statement = database.prepare('select name, status, type from model where foreign_id = ? and source = ?')
  const own = database
    .prepare('select foreign_id from model where run = ?')
    .all(run.foreignId)
    .map(row => String(row['foreign_id']))
  const linked = new Set(links.map(link => link.model))
  const unlinked = [...new Set(own)].filter(model => !linked.has(model)).map(model => ({ model, direction: 'output' as const, step: 0 }))
  const models = [...links, ...unlinked].map(({ model, direction, step }): ModelOutput => {
    const row = sources.map(source => statement.get(model, source)).find(Boolean)
    return {
      id: model,
      name: String(row?.['name'] ?? model),
      direction,
      step,
      status: String(row?.['status'] ?? ''),
      type: String(row?.['type'] ?? ''),
      versions: versionsOf(registered, version => version.model === model),
    }
  })
  const bare = versionsOf(registered, version => version.model === '' && version.runForeignId === run.foreignId)
  return [
    ...models,
    ...bare.map(version => ({
      id: '',
      name: version.model,
      direction: 'output' as const,
      step: 0,
      status: '',
      type: '',
      versions: [version],
    })),
  ]
}
