// Loaded before the server by `node --import`: on SIGUSR2 it starts to measure the delay of the main thread's event loop, on the next
// one it writes what it measured to the file that READOUT_BENCH_PROBE names.
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

/** Milliseconds between two looks; a look that comes on time is recorded as this long. */
const resolution = 1

if (isMainThread) {
  const histogram = monitorEventLoopDelay({ resolution })
  let measuring = false
  process.on('SIGUSR2', () => {
    measuring = !measuring
    if (measuring) {
      histogram.reset()
      histogram.enable()
      return
    }
    histogram.disable()
    const delay = share => Math.max(0, histogram.percentile(share) / 1e6 - resolution)
    const result = { p50: delay(50), p99: delay(99), max: delay(100), looks: histogram.count }
    writeFileSync(process.env.READOUT_BENCH_PROBE, JSON.stringify(result))
  })
}
