import { ApiError } from '#contract/api-error.ts'
import { mergeChanges, noChange, type LiveEvent } from '#contract/live-event.ts'

import { apiHeaders } from './security-headers.ts'

/** Changes are told so often at the most, in ms; while sources are read, when each batch changes all, more rarely. */
const pace = { usual: 250, reading: 1_000 }
/** A client that hears nothing for much longer than this may take the stream for dead. */
const beatMs = 15_000
/** After so long a client comes back when its stream ended. */
const retryMs = 1_000
/** One a browser; the oldest goes when there are more. */
const mostStreams = 64

const encoder = new TextEncoder()
const beat = encoder.encode('event: beat\ndata: \n\n')

interface Stream {
  controller: ReadableStreamDefaultController<Uint8Array> | null
  /** What it was not told, since its client did not read. */
  owed: LiveEvent | null
}

/** Tells all clients what changed. What a slow one did not read is kept as one change, not as a queue. */
export class EventHub {
  /** Sources are being read. */
  reading = false
  readonly #streams = new Set<Stream>()
  #pending: LiveEvent | null = null
  #timer: NodeJS.Timeout | null = null
  #beats: NodeJS.Timeout | null = null
  #toldAt = -Infinity
  #closed = false

  get streams(): number {
    return this.#streams.size
  }

  notify(change: Partial<LiveEvent>): void {
    if (this.#closed) return
    this.#pending = mergeChanges(this.#pending ?? noChange, { ...noChange, ...change })
    const wait = this.#toldAt + (this.reading ? pace.reading : pace.usual) - performance.now()
    this.#timer ??= setTimeout(() => this.#tell(), Math.max(0, wait)).unref()
  }

  /** A stream of events for one client. Throws `unavailable` when the server is being closed. */
  answer(onlyHead = false): Response {
    if (this.#closed) throw new ApiError('unavailable', 'Readout is being closed.')
    const headers = { ...apiHeaders, 'content-type': 'text/event-stream' }
    if (onlyHead) return new Response(null, { headers })
    const stream: Stream = { controller: null, owed: null }
    const body = new ReadableStream<Uint8Array>(
      {
        start: controller => {
          stream.controller = controller
          this.#open(stream)
        },
        pull: () => this.#settle(stream),
        cancel: () => void this.#streams.delete(stream),
      },
      { highWaterMark: 4 },
    )
    return new Response(body, { headers })
  }

  /** Ends all streams, and opens none any more. */
  close(): void {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#beats) clearInterval(this.#beats)
    for (const stream of this.#streams) this.#end(stream)
  }

  #open(stream: Stream): void {
    const [oldest] = this.#streams
    if (oldest && this.#streams.size >= mostStreams) this.#end(oldest)
    this.#streams.add(stream)
    this.#beats ??= setInterval(() => this.#beat(), beatMs).unref()
    stream.controller?.enqueue(encoder.encode(`retry: ${retryMs}\n\n`))
  }

  #end(stream: Stream): void {
    this.#streams.delete(stream)
    stream.controller?.close()
  }

  #tell(): void {
    const change = this.#pending
    this.#timer = null
    this.#pending = null
    if (!change) return
    this.#toldAt = performance.now()
    for (const stream of this.#streams) {
      stream.owed = stream.owed ? mergeChanges(stream.owed, change) : change
      this.#settle(stream)
    }
  }

  #settle(stream: Stream): void {
    const { owed, controller } = stream
    if (!owed || (controller?.desiredSize ?? 0) <= 0) return
    // Forgotten first: to enqueue may ask for more before it returns.
    stream.owed = null
    controller?.enqueue(encoder.encode(`event: change\ndata: ${JSON.stringify(owed)}\n\n`))
  }

  #beat(): void {
    for (const { controller } of this.#streams) if ((controller?.desiredSize ?? 0) > 0) controller?.enqueue(beat)
  }
}
