import { bits, different } from './checks.ts'

/** Metrics whose step MLflow's file store drops, since they were logged on a dataset; Readout keeps the step as it was logged. */
export const steppedOnDataset: Record<string, string> = { 'on a dataset': '7' }

/**
 * Metrics with NaN among points of one step and time. Python's `max` keeps a NaN that comes first and passes over a later one, so
 * that MLflow's latest value hangs on the order of the file; in Readout every number is above NaN.
 */
const nanAmongEqualTimes: Record<string, { mlflow: string; readout: string }> = {
  'values in step 3': { mlflow: bits(Number.NaN), readout: bits(Number.POSITIVE_INFINITY) },
}

/** The latest values that Readout is to have for those that MLflow has, and what is not as this table says of MLflow. */
export function expectedLatest(metrics: Record<string, string>): { latest: Record<string, string>; problems: string[] } {
  const problems = Object.entries(nanAmongEqualTimes).flatMap(([key, { mlflow, readout }]) =>
    // From a database MLflow's latest value is the one that Readout has.
    key in metrics && metrics[key] !== readout ? different(`latest ${key}, expected on the left,`, mlflow, metrics[key]) : [],
  )
  const latest = Object.entries(metrics).map(([key, value]) => [key, nanAmongEqualTimes[key]?.readout ?? value] as const)
  return { latest: Object.fromEntries(latest), problems }
}
