import * as z from 'zod/mini'

/**
 * What a group of runs is drawn as: the mean with a band of one standard deviation (n − 1), of its standard error, of its 95 % confidence
 * (Student's t), from the least to the greatest, or with none; or the median between the quartiles.
 */
export const bandKind = z.enum(['std', 'stderr', 'ci95', 'range', 'quartiles', 'none'])
export type BandKind = z.infer<typeof bandKind>
