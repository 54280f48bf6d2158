import { type Context, Hono } from 'hono'

import { operations, type Parsed } from '#contract/operations.ts'

import { answerArtifact, answerArtifacts } from './files.ts'
import { bytesAnswer, errorAnswer, jsonAnswer, readJson, refuseBody } from './http.ts'
import { parseInput, parseQuery } from './input.ts'
import { answerHistograms, answerMediaFile, answerMediaText, answerPrCurve } from './media.ts'
import { declareRoutes, type Route } from './route-table.ts'
import type { Services } from './services.ts'

/** The API as a Hono app. Host and Origin are checked before it, on the raw request (`listener.ts`). */
export function createApp(services: Services): Hono {
  const app = new Hono()
  declareRoutes(app, (route, context) => answer(services, route, context))
  app.onError(error => errorAnswer(error))
  return app
}

async function answer(services: Services, route: Route, { req }: Context): Promise<Response> {
  const input = parseInput(operations[route.name].input, await readInput(route, req.raw))
  if (route.name === 'artifact') return answerArtifact(services, req.raw, input as Parsed<'artifact'>)
  if (route.name === 'artifacts') return answerArtifacts(services, input as Parsed<'artifacts'>)
  if (route.name === 'events') return services.events.answer(req.method === 'HEAD')
  if (route.name === 'mediaFile') return answerMediaFile(services, input as Parsed<'mediaFile'>)
  if (route.name === 'mediaText') return answerMediaText(services, input as Parsed<'mediaText'>)
  if (route.name === 'histograms') return answerHistograms(services, input as Parsed<'histograms'>)
  if (route.name === 'prCurve') return answerPrCurve(services, input as Parsed<'prCurve'>)
  const body = await services.call(route.name, input)
  return route.answers === 'json' ? jsonAnswer(body) : bytesAnswer(body, 'application/octet-stream')
}

function readInput(route: Route, request: Request): unknown {
  if (route.limit > 0) return readJson(request, route.limit)
  refuseBody(request.headers)
  const { url } = request
  const query = url.indexOf('?')
  return parseQuery(query < 0 ? '' : url.slice(query + 1))
}
