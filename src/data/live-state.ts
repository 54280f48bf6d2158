let connected = false

/** Changes are told as they happen: what is asked for again by the clock is only to be sure. */
export function isLive(): boolean {
  return connected
}

export function setLive(live: boolean): void {
  connected = live
}
