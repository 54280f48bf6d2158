import type { RunReader, UnchangedRecord } from './reader.ts'
import type {
  IssueRecord,
  LoggedModelRecord,
  PointsRecord,
  ProjectRecord,
  RegisteredModelRecord,
  RunRecord,
  SourceRecord,
} from './record.ts'

/** All that a reader makes of a place, by type. `known` has the fingerprints of runs that were read before. */
export function recordsOf(reader: RunReader, place: string, known: ReadonlyMap<string, string>, copies: string) {
  const records = [...reader.read(reader.describe(place), { known: id => known.get(id), copies })]
  const of = (type: (SourceRecord | UnchangedRecord)['type']) => records.filter(record => record.type === type)
  return {
    records,
    runs: of('run') as RunRecord[],
    projects: of('project') as ProjectRecord[],
    points: of('points') as PointsRecord[],
    models: of('model') as LoggedModelRecord[],
    registered: of('registered-model') as RegisteredModelRecord[],
    unchanged: of('unchanged') as UnchangedRecord[],
    issues: of('issue') as IssueRecord[],
  }
}
