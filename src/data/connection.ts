import { create } from 'zustand'

interface Connection {
  /** Milliseconds since the epoch at which the first request went unanswered; null while the server answers. */
  lostAt: number | null
}

/** Whether the server answers, kept by the query cache and shown under the page header. */
export const useConnection = create<Connection>(() => ({ lostAt: null }))

export function connectionLost(): void {
  useConnection.setState(state => (state.lostAt === null ? { lostAt: Date.now() } : state))
}

export function connectionHeld(): void {
  useConnection.setState(state => (state.lostAt === null ? state : { lostAt: null }))
}
