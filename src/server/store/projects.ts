import type { DatabaseSync } from 'node:sqlite'

import { opaqueId } from './identity.ts'

export interface ProjectFacts {
  foreignId: string
  name: string
  path: string
  description: string
  tags: readonly (readonly [string, string])[]
  deleted: boolean
  primaryMetric: { key: string; greaterIsBetter: boolean } | null
}

/** Stores or renews a project of a source; its number. */
export function upsertProject(database: DatabaseSync, source: { no: number; identity: string }, project: ProjectFacts): number {
  const { foreignId, name, path, description, tags, deleted, primaryMetric } = project
  const row = database
    .prepare(
      `insert into project (id, source, foreign_id, name, path, description, tags, deleted, primary_metric, greater_is_better)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (source, foreign_id) do update set name = excluded.name, path = excluded.path, description = excluded.description,
       tags = excluded.tags, deleted = excluded.deleted, primary_metric = excluded.primary_metric,
       greater_is_better = excluded.greater_is_better returning no`,
    )
    .get(
      opaqueId(source.identity, 'project', foreignId),
      source.no,
      foreignId,
      name,
      path,
      description,
      JSON.stringify(tags),
      deleted ? 1 : 0,
      primaryMetric?.key ?? null,
      primaryMetric?.greaterIsBetter === false ? 0 : 1,
    )
  return Number(row?.['no'])
}

/** The project that runs without a project record belong to, made where there is none. */
export function projectFor(database: DatabaseSync, source: { no: number; identity: string }, foreignId: string): number {
  const known = database.prepare('select no from project where source = ? and foreign_id = ?').get(source.no, foreignId)
  if (known) return Number(known['no'])
  const facts = { foreignId, name: foreignId, path: '', description: '', tags: [], deleted: false, primaryMetric: null }
  return upsertProject(database, source, facts)
}
