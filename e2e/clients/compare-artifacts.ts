import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

import type { Answers, ArtifactAnswer } from './answers.ts'
import type { Api } from './api.ts'
import { type Checks, differentEntries } from './checks.ts'

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function artifactsOf(api: Api, run: string, model: string, folder = ''): Promise<ArtifactAnswer[]> {
  const { entries } = await api.ask('artifacts', { run, model, path: folder })
  const found: ArtifactAnswer[] = []
  for (const { path, directory, size } of entries) {
    found.push({ path, directory, size, sha256: directory ? '' : sha256(await api.ask('artifact', { run, model, path })) })
    if (directory) found.push(...(await artifactsOf(api, run, model, path)))
  }
  return found
}

function byPath(artifacts: readonly ArtifactAnswer[]): Record<string, unknown> {
  return Object.fromEntries(artifacts.map(({ path, directory, size, sha256 }) => [path, { directory, size, sha256 }]))
}

/** Names, sizes and bytes of the artifacts of runs and of logged models. */
export async function compareArtifacts(checks: Checks, api: Api, answers: Answers): Promise<void> {
  await checks.group('artifacts', async check => {
    for (const { id, name, artifacts } of answers.runs) {
      if (artifacts) check(name, differentEntries('artifact', byPath(artifacts), byPath(await artifactsOf(api, id, ''))))
    }
    for (const { id, name, run, artifacts } of answers.models) {
      if (run !== null) check(name, differentEntries('model artifact', byPath(artifacts), byPath(await artifactsOf(api, run, id))))
    }
  })
}

/** Content of every file below a folder by its name, so that any writing shows. */
export function folderState(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    names.map(name => {
      const file = path.join(folder, name)
      return [name, statSync(file).isDirectory() ? 'folder' : sha256(readFileSync(file))]
    }),
  )
}
