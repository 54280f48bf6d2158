import { ApiError } from '#contract/api-error.ts'

import { targetPath } from './request-target.ts'

/** What a request says of itself before its body, exactly as it came over the wire. */
export interface RequestHead {
  method: string
  target: string
  /** Names and values in turn, as in Node's `rawHeaders`: `headers` would hide a second Host. */
  rawHeaders: readonly string[]
}

/**
 * Why a server on loopback must not answer this request, or null when it may. Other web pages in the user's browser can reach loopback:
 * by a name of theirs that resolves to 127.0.0.1 (so Host is checked), or across origins (so Origin and Sec-Fetch-Site are).
 */
export function refusal(head: RequestHead): ApiError | null {
  try {
    const path = targetPath(head.target)
    const host = checkedHost(headerValues(head, 'host'))
    if (headerValues(head, 'upgrade').some(value => /websocket/i.test(value))) throw new ApiError('invalid', 'There is no WebSocket here.')
    return isAllowed(head, path, host) ? null : new ApiError('forbidden', 'Another web page must not use this server.')
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

const loopbackHost = /^(?:localhost|\[::1\]|127(?:\.(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])){3})(?::([1-9]\d{0,4}))?$/

/** The value of a Host header that names this machine, in lower case; every other one is refused, and so are none and two. */
export function checkedHost(values: readonly string[]): string {
  const [value] = values
  if (value === undefined || values.length > 1) throw new ApiError('invalid', 'A request needs exactly one Host header.')
  const host = value.toLowerCase()
  const port = loopbackHost.exec(host)
  if (!port || Number(port[1] ?? 80) > 65_535) {
    throw new ApiError('misdirected', 'Readout answers only to localhost and loopback addresses.', {
      expected: 'localhost, 127.0.0.1 or [::1]',
    })
  }
  return host
}

/** Paths that another site may link to, but never fetch, post to or embed. Below `/__` lie Vite's own endpoints. */
const isPage = (path: string) => !/^\/(?:api(?:\/|$)|__)/i.test(path)

function isAllowed(head: RequestHead, path: string, host: string): boolean {
  const safe = head.method === 'GET' || head.method === 'HEAD'
  const origin = onlyValue(head, 'origin')
  const site = onlyValue(head, 'sec-fetch-site')
  // Sec-Fetch-Mode alone says nothing: Node's own fetch sends it.
  const fromBrowser = head.rawHeaders.some((name, index) => index % 2 === 0 && /^sec-fetch-(?!mode$)/i.test(name))
  if (origin !== undefined && !isSameOrigin(origin, host)) return false
  if (!safe) return origin === undefined ? !fromBrowser : site === undefined || site === 'same-origin'
  if (site === undefined) return origin !== undefined || !fromBrowser
  return site === 'same-origin' || site === 'none' || (isPage(path) && opensPage(head))
}

function opensPage(head: RequestHead): boolean {
  return onlyValue(head, 'sec-fetch-mode') === 'navigate' && onlyValue(head, 'sec-fetch-dest') === 'document'
}

/** Compared with the Host of the request, since a forwarded port makes the browser's origin differ from the port we listen on. */
function isSameOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`
}

function headerValues(head: RequestHead, name: string): string[] {
  return head.rawHeaders.filter((_, index) => index % 2 === 1 && head.rawHeaders[index - 1]?.toLowerCase() === name)
}

function onlyValue(head: RequestHead, name: string): string | undefined {
  const values = headerValues(head, name)
  if (values.length > 1) throw new ApiError('invalid', `A request has at most one ${name} header.`)
  return values[0]
}
