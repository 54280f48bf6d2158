/**
 * Names of what an address says of the charts of a page: the axis, the smoothing, the window zoomed to, the charts with a log axis or with
 * outliers in view, and the expressions that have a chart.
 */
export const chartsSearch = ['x', 'smooth', 'zoom', 'xlog', 'ylog', 'noclip', 'expr'] as const
export type ChartsSearch = { [Name in (typeof chartsSearch)[number]]?: string }
