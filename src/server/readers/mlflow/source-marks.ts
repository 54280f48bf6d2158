/** Names that MLflow gives to folders and files of runs, so they say nothing of whose runs they hold. */
export const saysNothing = /^(?:\.?mlruns?|mlflow|mlartifacts|filestore)$/i

/** Ids that MLflow draws at random; before 2.0, and in databases, it counts from 0, so that every source has the same ones. */
const randomId = /^\d{10,}$/
const marksOfCounted = 3

/** What tells an experiment from others: its id where that is random, else its first run ids, which are. */
export function marksOfExperiment(id: string, isThere: () => boolean, runs: () => readonly string[]): string[] {
  if (randomId.test(id)) return isThere() ? [id] : []
  return runs()
    .slice(0, marksOfCounted)
    .map(run => `${id}/${run}`)
}
