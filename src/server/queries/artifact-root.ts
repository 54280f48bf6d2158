import path from 'node:path'

import { findRun, type Reader } from './reader.ts'

/**
 * Folder that holds the artifacts of a run, or of a logged model of its source, and the source that they must stay in. From our
 * own scan only: what a client wrote as artifact location is never followed. Null where there is none.
 */
export function artifactRoot(reader: Reader, input: { run: string; model: string }): { root: string; inside: string } | null {
  const run = findRun(reader, input.run)
  const places = reader.database
    .prepare(
      'select source.no, source.path, place.artifacts from place join source on source.no = place.source where run = ? order by place.missing',
    )
    .all(run.no)
  const model = reader.database.prepare('select artifacts from model where source = ? and foreign_id = ?')
  for (const place of places) {
    const artifacts = input.model === '' ? place['artifacts'] : model.get(Number(place['no']), input.model)?.['artifacts']
    if (typeof artifacts === 'string') return placeOf(String(place['path']), artifacts)
  }
  return null
}

/** A source that is a file has its artifacts beside it (`../mlruns/…`): there they must stay in the folder that they are all in. */
function placeOf(source: string, artifacts: string): { root: string; inside: string } {
  const beside = /^\.\.\/[^/]+/.exec(artifacts)?.[0] ?? ''
  return { root: path.join(source, artifacts), inside: path.join(source, beside) }
}
