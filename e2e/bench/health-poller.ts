import { parentPort, workerData } from 'node:worker_threads'

import { Client } from './http.ts'

/** Milliseconds between two requests, whether the one before was answered or not. */
const interval = 5

if (!parentPort) throw new Error('This file is the entry of a worker thread')
const port = parentPort
const client = new Client(String(workerData))
const latencies: number[] = []
const waiting = new Set<Promise<unknown>>()
const timer = setInterval(() => {
  const asked = client.get('/api/health').then(({ ms }) => latencies.push(ms))
  waiting.add(asked)
  void asked.finally(() => waiting.delete(asked))
}, interval)
port.once('message', () => {
  clearInterval(timer)
  void Promise.all(waiting).then(() => {
    client.close()
    port.postMessage(latencies)
    port.close()
  })
})
