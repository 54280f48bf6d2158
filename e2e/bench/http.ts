import http from 'node:http'

export interface Answer {
  status: number
  body: Buffer
  ms: number
}

/** Requests on connections that stay open, as a Python client sends them: `fetch` of Node adds headers of a browser. */
export class Client {
  readonly #url: string
  /** Fewer than the connections that a server takes at once: what waits for one counts as the server's delay all the same. */
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 64 })

  constructor(url: string) {
    this.#url = url
  }

  get(path: string): Promise<Answer> {
    return this.#send('GET', path, null)
  }

  post(path: string, input: object): Promise<Answer> {
    return this.#send('POST', path, JSON.stringify(input))
  }

  /** The parsed answer; throws for anything but a 200. */
  async json<Value>(path: string, input?: object): Promise<Value> {
    const { status, body } = input ? await this.post(path, input) : await this.get(path)
    if (status !== 200) throw new Error(`${path}: ${status} ${body.toString()}`)
    return JSON.parse(body.toString()) as Value
  }

  close(): void {
    this.#agent.destroy()
  }

  #send(method: string, path: string, body: string | null): Promise<Answer> {
    const started = performance.now()
    return new Promise((resolve, reject) => {
      const headers = body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      const request = http.request(`${this.#url}${path}`, { method, agent: this.#agent, headers }, response => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts), ms: performance.now() - started }))
      })
      request.on('error', (error: NodeJS.ErrnoException) => {
        // The server may close an idle connection in the moment in which it is used again.
        if (request.reusedSocket && error.code === 'ECONNRESET') resolve(this.#send(method, path, body))
        else reject(error)
      })
      request.end(body ?? undefined)
    })
  }
}
