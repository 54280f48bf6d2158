import { getRouteApi } from '@tanstack/react-router'

import { useChartsView } from '#domain/use-charts-view.ts'

const route = getRouteApi('/runs/$run')

/** How the charts of a run page are shown, as its address says. */
export function useRunCharts() {
  const navigate = route.useNavigate()
  return useChartsView(route.useSearch(), next => void navigate({ search: current => ({ ...current, ...next }), replace: true }))
}
