import * as z from 'zod/mini'

export const mostGroups = 20

/** Groups of the runs that match a filter by the values of operands. */
export const runGroupsInput = z.object({
  /** Project id, or the foreign (MLflow experiment) id. */
  project: z.string().check(z.maxLength(500)),
  filter: z._default(z.string().check(z.maxLength(100_000)), ''),
  sort: z._default(z.array(z.string().check(z.maxLength(20_000))).check(z.maxLength(20)), []),
  deleted: z._default(z.enum(['exclude', 'include', 'only']), 'exclude'),
  /** Operands, of params, tags and attributes. */
  by: z.array(z.string().check(z.maxLength(20_000))).check(z.minLength(1), z.maxLength(4)),
})

export const runGroup = z.object({
  /** The value of each operand in their order, null where the runs have none. */
  values: z.array(z.nullable(z.string())),
  /** Runs in the group. */
  total: z.int(),
  /** Ids of the first of them by the sort; over all groups so many as can be read at once. */
  runs: z.array(z.string()),
})

/** The largest groups, in the order of their values. */
export const runGroups = z.object({
  /** Runs that match. */
  total: z.int(),
  /** Groups that they make. */
  distinct: z.int(),
  groups: z.array(runGroup).check(z.maxLength(mostGroups)),
})
export type RunGroups = z.infer<typeof runGroups>
