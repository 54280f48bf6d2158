import { modelNamedBy } from '#server/readers/mlflow/registered-models.ts'
import type { RegisteredModelRecord } from '#server/readers/record.ts'

import { integer, type OpenDatabase, text } from './open-database.ts'
import { pair } from './projects.ts'

type Version = RegisteredModelRecord['versions'][number]

/** Models of workspaces (MLflow 3.10) may share a name: beyond the default one they are named with theirs. */
const defaultWorkspace = "'default'"

/** The model registry of a database. */
export function readRegisteredModels(open: OpenDatabase): RegisteredModelRecord[] {
  const table = 'registered_models'
  if (!open.has(table)) return []
  const workspace = open.column(table, 'workspace', defaultWorkspace)
  const sql = `select name, ${workspace}, ${open.column(table, 'description')}, ${open.integer(table, 'creation_time')} from ${table} order by name`
  return open.all(sql).map(([nameFound, space, description, created]): RegisteredModelRecord => {
    const [name, place] = [text(nameFound), text(space)]
    return {
      type: 'registered-model',
      name: place === 'default' || place === '' ? name : `${place}/${name}`,
      description: text(description),
      created: integer(created),
      tags: rowsOf(open, 'registered_model_tags', '"key", value', name, place).map(pair),
      aliases: rowsOf(open, 'registered_model_aliases', 'alias, version', name, place).map(([alias, version]) => [
        text(alias),
        Number(version),
      ]),
      versions: versionsOf(open, name, place),
    }
  })
}

/** Rows of a table that belong to one registered model, in the order of the first column. */
function rowsOf(open: OpenDatabase, table: string, columns: string, name: string, workspace: string): (readonly unknown[])[] {
  if (!open.has(table)) return []
  const space = open.column(table, 'workspace', defaultWorkspace)
  return open.all(`select ${columns} from ${table} where name = ? and (${space}) = ? order by 1`, name, workspace)
}

function versionsOf(open: OpenDatabase, name: string, workspace: string): Version[] {
  const table = 'model_versions'
  if (!open.has(table)) return []
  const tags = new Map<string, [string, string][]>()
  for (const [version, key, value] of rowsOf(open, 'model_version_tags', 'version, "key", value', name, workspace)) {
    const listed = tags.get(text(version)) ?? []
    tags.set(text(version), [...listed, pair([key, value])])
  }
  const texts = open.columns(table, ['current_stage', 'status', 'description', 'run_id', 'source'])
  const columns = `version, ${open.integer(table, 'creation_time')}, ${texts}`
  return rowsOf(open, table, columns, name, workspace).map(([version, created, stage, status, description, run, source]) => ({
    version: Number(version),
    stage: text(stage),
    status: text(status),
    description: text(description),
    created: integer(created),
    runForeignId: text(run),
    model: modelNamedBy(text(source)),
    source: text(source),
    tags: tags.get(text(version)) ?? [],
  }))
}
