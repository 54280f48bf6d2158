import type { Input, OperationName, Output } from '#contract/operations.ts'
import { operations } from '#contract/operations.ts'

/** Asks the API of a running Readout. */
export interface Api {
  ask: <Name extends OperationName>(name: Name, input: Input<Name>) => Promise<Output<Name>>
}

export class Refused extends Error {
  readonly status: number

  constructor(status: number, text: string) {
    super(text)
    this.status = status
  }
}

export function apiAt(url: string): Api {
  return {
    ask: async (name, input) => {
      const { method, path, output } = operations[name]
      const target = new URL(path, url)
      if (method === 'GET')
        for (const [key, value] of Object.entries(input as Record<string, unknown>)) target.searchParams.set(key, String(value))
      const post = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) }
      const response = await fetch(target, method === 'GET' ? {} : post)
      if (!response.ok)
        throw new Refused(response.status, `${target.pathname}${target.search}: ${response.status} ${await response.text()}`)
      if (output === null) return new Uint8Array(await response.arrayBuffer()) as never
      return output.parse(await response.json()) as never
    },
  }
}
