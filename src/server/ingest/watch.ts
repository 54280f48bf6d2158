import type { PathSources } from './import-paths.ts'

/** Files that one look takes, about; what is beyond them is looked at by the next ones. */
const filesPerLook = 2_000
/**
 * Time between the beginnings of two looks: so many times the processor time of one, so that watching takes about a hundredth of a core.
 * What a look waits for, storing above all, counts less.
 */
const shortestMs = 400
const longestMs = 1_000
const rest = 100
const restOfWaiting = 4
/** The same for looking for sources that came, which has no longest time: the paths given may hold anything. */
const shortestSearchMs = 1_000

/** Looks at the sources again and again as long as the thread lives. What fails in one is told, and it is looked at again. */
export async function watchSources(sources: PathSources, onFault: (error: unknown) => void): Promise<never> {
  let searchAt = 0
  for (;;) {
    const started = performance.now()
    if (started >= searchAt) {
      await sources.findMore().catch(onFault)
      searchAt = performance.now() + Math.max(shortestSearchMs, (performance.now() - started) * rest)
    }
    const looked = performance.now()
    const before = process.threadCpuUsage()
    for (const watcher of sources.watchers) await watcher.look(filesPerLook).catch(onFault)
    const { user, system } = process.threadCpuUsage(before)
    const waited = (performance.now() - looked) * restOfWaiting
    const every = Math.min(longestMs, Math.max(shortestMs, ((user + system) / 1_000) * rest, waited))
    await new Promise(resolve => setTimeout(resolve, Math.max(10, started + every - performance.now())))
  }
}
