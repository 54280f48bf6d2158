import path from 'node:path'

import type { ArtifactEntry } from '#contract/artifact.ts'

/** How a file is served: `inline` shows in place, `sandboxed` only in an iframe without rights, `attachment` is saved. */
export interface MediaKind {
  type: string
  preview: ArtifactEntry['preview']
  disposition: 'inline' | 'sandboxed' | 'attachment'
}

const text = 'text/plain; charset=utf-8'

const images: Record<string, string> = {
  apng: 'image/apng',
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}
const audio: Record<string, string> = {
  aac: 'audio/aac',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  weba: 'audio/webm',
}
const video: Record<string, string> = { m4v: 'video/mp4', mov: 'video/quicktime', mp4: 'video/mp4', ogv: 'video/ogg', webm: 'video/webm' }
/** Formats that may carry scripts. */
const active: Record<string, MediaKind> = {
  htm: { type: 'text/html; charset=utf-8', preview: 'sandboxed', disposition: 'sandboxed' },
  html: { type: 'text/html; charset=utf-8', preview: 'sandboxed', disposition: 'sandboxed' },
  ipynb: { type: 'application/json', preview: 'json', disposition: 'sandboxed' },
  pdf: { type: 'application/pdf', preview: 'none', disposition: 'sandboxed' },
  svg: { type: 'image/svg+xml', preview: 'image', disposition: 'sandboxed' },
  xht: { type: 'application/xhtml+xml', preview: 'sandboxed', disposition: 'sandboxed' },
  xhtml: { type: 'application/xhtml+xml', preview: 'sandboxed', disposition: 'sandboxed' },
  xml: { type: 'application/xml', preview: 'sandboxed', disposition: 'sandboxed' },
}
const texts: Record<string, ArtifactEntry['preview']> = {
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  md: 'markdown',
  markdown: 'markdown',
}
const plainTexts = new Set(
  (
    'bash bat c cc cfg cmake conf cpp css cu cuh cypher diff dockerfile dot env err geojson go graphql h hpp ini ipy java jl js jsonl jsx kt latex lock log lua ' +
    'm mjs mlmodel ndjson out patch pbtxt php pl plist properties proto prototxt ps1 py pyi pyx r rb rs rst sbatch scala sh slurm sql swift tex text toml ts tsx txt ' +
    'vue yaml yml zsh'
  ).split(' '),
)
/** Files that bear no extension by custom, in lower case. */
const plainNames = new Set(
  'authors changelog codeowners contributing copying dockerfile gemfile license licence makefile mlmodel mlproject notice pipfile procfile readme version'.split(
    ' ',
  ),
)

/** By name alone and never by what a client said; a name that says nothing is saved, never shown. */
export function mediaKind(name: string): MediaKind {
  const extension = path.extname(name).slice(1).toLowerCase()
  const shown = own(images, extension)
  if (shown) return { type: shown, preview: 'image', disposition: 'inline' }
  const heard = own(audio, extension)
  if (heard) return { type: heard, preview: 'audio', disposition: 'inline' }
  const played = own(video, extension)
  if (played) return { type: played, preview: 'video', disposition: 'inline' }
  const preview = own(texts, extension)
  if (preview) return { type: text, preview, disposition: 'inline' }
  if (plainTexts.has(extension) || plainNames.has(name.toLowerCase())) return { type: text, preview: 'text', disposition: 'inline' }
  return own(active, extension) ?? { type: 'application/octet-stream', preview: 'none', disposition: 'attachment' }
}

const assets: Record<string, string> = {
  ...images,
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  svg: 'image/svg+xml',
  txt: text,
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
}

/** Media type of a file of the app's own build. */
export function assetType(name: string): string {
  return own(assets, path.extname(name).slice(1).toLowerCase()) ?? 'application/octet-stream'
}

/** File names are a stranger's: `x.constructor` must not find `Object.prototype.constructor`. */
function own<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
