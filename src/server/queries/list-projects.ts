import type { Project } from '#contract/source.ts'

import type { Reader } from './reader.ts'

/**
 * Projects by name, then source. One whose every run lies in another source's project of the same id and name (a copy of a
 * tree) is left out; deleted ones without runs too.
 */
export function listProjects({ database }: Reader): Project[] {
  const rows = database
    .prepare(
      `select project.*, source.name as source_name,
       (select count(*) from run where run.project = project.no) as every_run,
       (select count(*) from run where run.project = project.no and deleted_at is null) as runs,
       (select count(*) from run where run.project = project.no and deleted_at is null and status = 'running') as running
       from project left join source on source.no = project.source order by project.name collate nocase, source_name collate nocase, project.no`,
    )
    .all()
  const twinKey = (row: (typeof rows)[number]) => JSON.stringify([row['foreign_id'], row['name']])
  const filled = new Set(rows.filter(row => row['every_run'] !== 0).map(twinKey))
  return rows
    .filter(row => row['every_run'] !== 0 || (row['deleted'] === 0 && !filled.has(twinKey(row))))
    .map(row => ({
      id: String(row['id']),
      foreignId: String(row['foreign_id']),
      name: String(row['name']),
      source: String(row['source_name'] ?? ''),
      description: String(row['description']),
      runs: Number(row['runs']),
      running: Number(row['running']),
      deleted: Number(row['every_run']) - Number(row['runs']),
      primaryMetric:
        row['primary_metric'] === null ? null : { key: String(row['primary_metric']), greaterIsBetter: row['greater_is_better'] === 1 },
    }))
}
