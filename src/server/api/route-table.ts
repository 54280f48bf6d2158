import type { Context, Hono } from 'hono'

import { ApiError } from '#contract/api-error.ts'
import { type OperationName, operations, type Role } from '#contract/operations.ts'

import { errorAnswer } from './http.ts'

export interface Route {
  name: OperationName
  method: 'GET' | 'POST'
  path: string
  role: Role
  /** Bytes of the body that are read at most; 0 where the operation takes none. */
  limit: number
  /** What the operation answers: JSON by its schema, or bytes. */
  answers: 'json' | 'bytes'
}

export const routes: Route[] = Object.entries(operations).map(([name, { method, path, role, limit, output }]) => ({
  name: name as OperationName,
  method,
  path,
  role,
  limit,
  answers: output ? 'json' : 'bytes',
}))

/** Declares every operation, the answer to its wrong methods, and the one for all other paths below `/api`. */
export function declareRoutes(app: Hono, answer: (route: Route, context: Context) => Promise<Response>): void {
  for (const route of routes) {
    app.on(route.method, route.path, context => answer(route, context))
    app.all(route.path, () => wrongMethod(route.method === 'GET' ? 'GET, HEAD' : route.method))
  }
  app.all('/api', unknownRoute)
  app.all('/api/*', unknownRoute)
}

/** 405 with the methods that would be accepted. */
export function wrongMethod(allow: string): Response {
  return errorAnswer(new ApiError('method_not_allowed', `This address answers only ${allow}.`), { allow })
}

function unknownRoute(): Response {
  return errorAnswer(new ApiError('not_found', 'There is no such operation.'))
}
