import { randomBytes } from 'node:crypto'

/** Stands in the built index.html wherever the nonce of a page load belongs; Vite puts it there (`html.cspNonce`). */
export const noncePlaceholder = 'READOUT_CSP_NONCE'

/** On every answer. */
const always = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
}

/** Data of the API: nothing of it may run, be framed or be kept. */
export const apiHeaders: Record<string, string> = {
  ...always,
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

/** Files of the app's own build. */
export const assetHeaders: Record<string, string> = always

/** A fresh nonce; one that is used twice would let an injected style in. */
export function newNonce(): string {
  return randomBytes(18).toString('base64')
}

/** The app's own page: nothing inline but styles that know the nonce, nothing remote, no frame around it. */
export function pageHeaders(nonce: string): Record<string, string> {
  return { ...pageFrame, 'content-security-policy': pagePolicy({ script: "'self'", style: `'self' 'nonce-${nonce}'`, connect: "'self'" }) }
}

/** The page under `npm run dev`: Vite injects an inline script and styles without a nonce, and talks over a WebSocket. */
export function devHeaders(): Record<string, string> {
  const inline = "'self' 'unsafe-inline'"
  return { ...pageFrame, 'content-security-policy': pagePolicy({ script: inline, style: inline, connect: "'self' ws:" }) }
}

const pageFrame = {
  ...always,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'x-frame-options': 'DENY',
}

function pagePolicy(sources: { script: string; style: string; connect: string }): string {
  return [
    "default-src 'none'",
    `script-src ${sources.script}`,
    `style-src ${sources.style}`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    `connect-src ${sources.connect}`,
    "worker-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** An artifact that only shows, plays or is saved. */
export const artifactHeaders: Record<string, string> = {
  ...always,
  'cache-control': 'no-cache',
  'content-security-policy':
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
}

/**
 * An artifact that may hold markup. Interactive HTML reports need their own inline scripts; these run without an origin, so that neither
 * our API nor our storage is theirs, and without any connection, form, popup or way to move the page around them.
 */
export function sandboxHeaders(type: string): Record<string, string> {
  const scripts = type.startsWith('text/html')
  const policy = [
    scripts ? 'sandbox allow-scripts' : 'sandbox',
    "default-src 'none'",
    ...(scripts ? ["script-src 'unsafe-inline' 'unsafe-eval' data: blob:"] : []),
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'media-src data: blob:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ]
  return { ...artifactHeaders, 'content-security-policy': policy.join('; ') }
}
