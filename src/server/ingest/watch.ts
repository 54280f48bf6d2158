import type { SourceWatcher } from './watch-source.ts'

/** Files that one look takes, about; what is beyond them is looked at by the next ones. */
const filesPerLook = 2_000
/** Time between the beginnings of two looks: short where a look costs little, so that watching takes about a hundredth of a core. */
const shortestMs = 400
const longestMs = 1_000
const rest = 100

/** Looks at the sources again and again as long as the thread lives. What fails in one is told, and it is looked at again. */
export async function watchSources(watchers: readonly SourceWatcher[], onFault: (error: unknown) => void): Promise<never> {
  for (;;) {
    const started = performance.now()
    for (const watcher of watchers) {
      try {
        await watcher.look(filesPerLook)
      } catch (error) {
        onFault(error)
      }
    }
    const took = performance.now() - started
    const every = Math.min(longestMs, Math.max(shortestMs, took * rest))
    await new Promise(resolve => setTimeout(resolve, Math.max(10, every - took)))
  }
}
