import type { BenchRun, Line } from './line.ts'
import { scratchFolder, startServer } from './server.ts'
import { median } from './stats.ts'

/** From the start of the process to the first answer of the API, on an empty home. The first start builds and warms up, and does not count. */
export async function startLines({ share, say }: BenchRun): Promise<Line[]> {
  const times: number[] = []
  const announcements: number[] = []
  for (let round = 0; round <= (share < 1 ? 5 : 9); round += 1) {
    const server = await startServer(scratchFolder())
    await server.client.json('/api/health')
    if (round > 0) times.push((performance.now() - server.startedAt) / 1_000)
    if (round > 0) announcements.push((server.announcedAt - server.startedAt) / 1_000)
    await server.stop()
  }
  say(`  starts: ${times.map(time => time.toFixed(2)).join(' ')} s`)
  const note = `median of ${times.length}, slowest ${Math.max(...times).toFixed(2)} s; says its address after ${median(announcements).toFixed(2)} s`
  return [{ what: 'start to first API answer, empty home', unit: 's', budget: 0.6, measured: median(times), note }]
}
