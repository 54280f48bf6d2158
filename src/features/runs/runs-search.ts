import { chartsSearch } from '#domain/charts-search.ts'
import { textParams } from '#lib/search-params.ts'

/**
 * What the address of a runs page holds, all of it as texts: the filter, the sort (operands, `-` for descending, comma between), the
 * columns where they differ from the default, the selected run ids, which deleted runs are shown, the operands that the charts beside it
 * group runs by with the band of a group, and how these charts are.
 */
export const runsSearch = textParams('filter', 'sort', 'columns', 'selected', 'deleted', 'group', 'band', ...chartsSearch)
export type RunsSearch = ReturnType<typeof runsSearch>
