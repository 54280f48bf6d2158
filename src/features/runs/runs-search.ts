import { textParams } from '#lib/search-params.ts'

/**
 * What the address of a runs page holds, all of it as texts: the filter, the sort (operands, `-` for descending, comma between), the
 * columns where they differ from the default, the selected run ids, and which deleted runs are shown.
 */
export const runsSearch = textParams('filter', 'sort', 'columns', 'selected', 'deleted')
export type RunsSearch = ReturnType<typeof runsSearch>
