import { ApiError } from '#contract/api-error.ts'

/**
 * The path of a raw request target, decoded once. Throws `invalid` for everything that a URL parser further in would
 * read as another path than this one: absolute form, `..` in any spelling, backslashes, control characters, fragments.
 */
export function targetPath(target: string): string {
  if (!target.startsWith('/') || target.startsWith('//')) throw refused('must begin with a single slash')
  if (!/^[!-~]+$/.test(target)) throw refused('must be percent-encoded ASCII')
  if (target.includes('#')) throw refused('must have no fragment')
  const end = target.indexOf('?')
  const encoded = end < 0 ? target : target.slice(0, end)
  const path = decoded(encoded)
  if (/[\p{Cc}\\]/u.test(path) || /%2f/i.test(encoded))
    throw refused('must have no control character, backslash or encoded slash in its path')
  if (path.split('/').some(isDotSegment)) throw refused('must have no "." or ".." segment')
  return path
}

/** Servlet-style parameters (`..;x`) are cut off by some proxies, which leaves `..`. */
function isDotSegment(segment: string): boolean {
  return /^\.{1,2}(;|$)/.test(segment)
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    throw refused('has a percent escape that is not UTF-8')
  }
}

function refused(reason: string): ApiError {
  return new ApiError('invalid', `The request target ${reason}.`)
}
