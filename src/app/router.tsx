import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from '@tanstack/react-router'

import { chartsSearch } from '#domain/charts-search.ts'
import { compareSearch } from '#features/compare/compare-search.ts'
import { runsSearch } from '#features/runs/runs-search.ts'
import { parseSearch, stringifySearch, textParams } from '#lib/search-params.ts'

import { ErrorScreen, NotFoundScreen } from './error-screen.tsx'
import { mlflowTarget } from './mlflow-links.ts'
import { Shell } from './shell.tsx'
import { StartPage } from './start-page.tsx'

interface RouterContext {
  queryClient: QueryClient
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Shell,
  notFoundComponent: NotFoundScreen,
  errorComponent: ErrorScreen,
})

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: ({ location }) => {
    const target = mlflowTarget(location.hash)
    if (target?.to === 'run') throw redirect({ to: '/runs/$run', params: { run: target.run }, hash: '', replace: true })
    if (target?.to === 'project') throw redirect({ to: '/projects/$project', params: { project: target.project }, hash: '', replace: true })
  },
  component: StartPage,
})

const projectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/projects/$project',
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import('#features/runs/runs-page.tsx'), 'RunsPage'),
})

const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/$run',
  validateSearch: textParams('tab', 'search', 'path', 'model', 'metric', 'step', ...chartsSearch),
  component: lazyRouteComponent(() => import('#features/run/run-page.tsx'), 'RunPage'),
})

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/compare',
  validateSearch: compareSearch,
  component: lazyRouteComponent(() => import('#features/compare/compare-page.tsx'), 'ComparePage'),
})

const sourcesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sources',
  component: lazyRouteComponent(() => import('#features/sources/sources-page.tsx'), 'SourcesPage'),
})

const routeTree = rootRoute.addChildren([indexRoute, projectRoute, runRoute, compareRoute, sourcesRoute])

/** The client's router over the given history; search params are plain texts that each route validates. */
export function createAppRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context: { queryClient },
    ...(history && { history }),
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ErrorScreen,
    defaultNotFoundComponent: NotFoundScreen,
    defaultPendingMs: 150,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
