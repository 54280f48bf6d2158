import path from 'node:path'

import { ApiError } from '#contract/api-error.ts'
import type { Parsed } from '#contract/operations.ts'

import { listFolder } from './artifact-folder.ts'
import { contentDisposition } from './content-disposition.ts'
import { answerFile } from './file-answer.ts'
import { jsonAnswer } from './http.ts'
import { type MediaKind, mediaKind } from './media-types.ts'
import { openInside } from './paths.ts'
import { artifactHeaders, sandboxHeaders } from './security-headers.ts'
import type { Services } from './services.ts'

export async function answerArtifacts(services: Services, { run, model, path }: Parsed<'artifacts'>): Promise<Response> {
  const folder = await listFolder(await services.artifactRoot(run, model), path)
  return jsonAnswer(Buffer.from(JSON.stringify(folder)))
}

export async function answerArtifact(
  services: Services,
  request: { method: string; headers: Headers },
  input: Parsed<'artifact'>,
): Promise<Response> {
  const place = await services.artifactRoot(input.run, input.model)
  if (!place) throw new ApiError('not_found', 'This run has no artifacts, or their folder is gone.')
  const file = await openInside(place, input.path)
  const name = path.posix.basename(input.path)
  const kind = mediaKind(name)
  return answerFile(request, file, {
    ...(kind.disposition === 'sandboxed' ? sandboxHeaders(kind.type) : artifactHeaders),
    'content-type': kind.type,
    'content-disposition': contentDisposition(isShown(kind, request.headers, input.download) ? 'inline' : 'attachment', name),
    vary: 'Sec-Fetch-Dest',
  })
}

/** Markup is shown in frames only: as a page of its own it would stand under our address, where a user takes it for ours. */
function isShown(kind: MediaKind, headers: Headers, download: string | undefined): boolean {
  if (download !== undefined || kind.disposition === 'attachment') return false
  return kind.disposition === 'inline' || headers.get('sec-fetch-dest') === 'iframe'
}
