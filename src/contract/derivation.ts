import * as z from 'zod/mini'

/** What is made of the points of a series before it is drawn; always of all of its points, never of buckets. */
export const derivation = z.discriminatedUnion('kind', [
  /** Debiased exponential moving average, as TensorBoard smooths. */
  z.object({ kind: z.literal('ema'), weight: z.number().check(z.nonnegative(), z.lt(1)) }),
  /** Average under a Gaussian, in points. */
  z.object({ kind: z.literal('gaussian'), sigma: z.number().check(z.positive(), z.maximum(500)) }),
  /** Average of so many points around each one. */
  z.object({ kind: z.literal('mean'), points: z.int().check(z.positive(), z.maximum(1_001)) }),
  z.object({ kind: z.literal('best'), direction: z.enum(['min', 'max']) }),
])
export type Derivation = z.infer<typeof derivation>
