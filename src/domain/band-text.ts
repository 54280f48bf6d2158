import { bandKind, type BandKind } from '#contract/band.ts'

/** What a group's line and band are, as a choice and in the head of a chart. */
export const bandTexts: Record<BandKind, { choice: string; head: string }> = {
  std: { choice: 'Standard deviation', head: 'mean ± std' },
  stderr: { choice: 'Standard error', head: 'mean ± stderr' },
  ci95: { choice: '95 % confidence', head: 'mean, 95 % CI' },
  range: { choice: 'Least to greatest', head: 'mean, min to max' },
  quartiles: { choice: 'Median and quartiles', head: 'median, quartiles' },
  none: { choice: 'No band', head: 'mean' },
}

/** Reads the band of an address; one standard deviation where it names none. */
export function parseBand(text: string | undefined): BandKind {
  return bandKind.options.find(kind => kind === text) ?? 'std'
}
