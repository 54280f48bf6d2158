import type { OperationName } from '#contract/operations.ts'

import type { EventHub } from './event-hub.ts'
import type { Services } from './services.ts'
import type { SourceBoard } from './source-board.ts'
import type { Threads } from './threads.ts'

const encoder = new TextEncoder()

/** Answers each operation where its data are: of sources on this thread, all else on the reader's, which may still be starting. */
export function createServices(board: SourceBoard, threads: Promise<Threads>, events: EventHub, version: string): Services {
  return {
    async call(name: OperationName, input: unknown) {
      switch (name) {
        case 'health':
          return encoder.encode(JSON.stringify(board.health(version)))
        case 'sources':
          return encoder.encode(JSON.stringify(board.list()))
        case 'artifact':
        case 'artifacts':
        case 'events':
        case 'histograms':
        case 'mediaFile':
        case 'mediaText':
        case 'prCurve':
          throw new Error(`${name} is answered as a stream or from a folder, not here`)
        case 'groupWindows':
        case 'keys':
        case 'media':
        case 'projects':
        case 'run':
        case 'runGroups':
        case 'comparison':
        case 'runsPage':
        case 'series':
        case 'seriesWindows':
        case 'values': {
          const { read } = await threads
          return await read(name, input as never)
        }
      }
    },
    async artifactRoot(run, model) {
      const { read } = await threads
      return await read('artifactRoot', { run, model })
    },
    async mediaRecords(input) {
      const { read } = await threads
      return await read('mediaRecords', input)
    },
    events,
  }
}
