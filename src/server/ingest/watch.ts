import type { PathSources } from './import-paths.ts'

/** Files that one look takes, about; what is beyond them is looked at by the next ones. */
const filesPerLook = 2_000
/** Time between the beginnings of two looks: short where a look costs little, so that watching takes about a hundredth of a core. */
const shortestMs = 400
const longestMs = 1_000
const rest = 100
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
    for (const watcher of sources.watchers) await watcher.look(filesPerLook).catch(onFault)
    const every = Math.min(longestMs, Math.max(shortestMs, (performance.now() - looked) * rest))
    await new Promise(resolve => setTimeout(resolve, Math.max(10, started + every - performance.now())))
  }
}
