import type { DatabaseSync } from 'node:sqlite'

type Pairs = readonly (readonly [string, string])[]

export interface LoggedModelFacts {
  foreignId: string
  projectForeignId: string
  name: string
  path: string
  artifacts: string | null
  status: string
  modelType: string
  runForeignId: string
  created: number | null
  params: Pairs
  tags: Pairs
}

export interface RegisteredModelFacts {
  name: string
  description: string
  created: number | null
  tags: Pairs
  aliases: readonly (readonly [alias: string, version: number])[]
  versions: readonly RegisteredVersion[]
}

export interface RegisteredVersion {
  version: number
  stage: string
  status: string
  description: string
  created: number | null
  runForeignId: string
  model: string
  source: string
  tags: Pairs
}

export function upsertModel(database: DatabaseSync, source: number, model: LoggedModelFacts): void {
  database
    .prepare('insert or replace into model values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      source,
      model.foreignId,
      model.projectForeignId,
      model.name,
      model.path,
      model.artifacts,
      model.status,
      model.modelType,
      model.runForeignId,
      model.created,
      JSON.stringify(model.params),
      JSON.stringify(model.tags),
    )
}

export function upsertRegisteredModel(database: DatabaseSync, source: number, model: RegisteredModelFacts): void {
  const { name, description, created, tags, aliases, versions } = model
  database
    .prepare('insert or replace into registered_model values (?, ?, ?, ?, ?, ?, ?)')
    .run(source, name, description, created, JSON.stringify(tags), JSON.stringify(aliases), JSON.stringify(versions))
}
