const shownProblems = 8
const shownLength = 600

/** Counts checks and prints one line a group, with what went wrong below it. */
export class Checks {
  passed = 0
  failed = 0
  readonly #client: string

  constructor(client: string) {
    this.#client = client
  }

  /** A check passes where it names no problem. A group that throws fails as one check more, and one without checks fails too. */
  async group(title: string, body: (check: (name: string, problems: string[]) => void) => Promise<void> | void): Promise<void> {
    const problems: string[] = []
    let passed = 0
    let failed = 0
    const check = (name: string, found: string[]) => {
      if (found.length === 0) passed += 1
      else failed += 1
      for (const problem of found) problems.push(`${name}: ${problem}`)
    }
    try {
      await body(check)
      if (passed + failed === 0) check(title, ['nothing was compared'])
    } catch (error) {
      check(title, [error instanceof Error ? (error.stack ?? error.message) : String(error)])
    }
    this.passed += passed
    this.failed += failed
    console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${this.#client}: ${title} (${passed}${failed === 0 ? '' : ` of ${passed + failed}`})`)
    for (const problem of problems.slice(0, shownProblems)) console.log(`       ${problem.slice(0, shownLength)}`)
    if (problems.length > shownProblems) console.log(`       and ${problems.length - shownProblems} more`)
  }
}

/** What differs between the client's answer and Readout's, as a list of no or one problem. */
export function different(what: string, client: unknown, readout: unknown): string[] {
  const [theirs, ours] = [JSON.stringify(client), JSON.stringify(readout)]
  return theirs === ours ? [] : [`${what} is ${theirs} for the client and ${ours} in Readout`]
}

/** Differences of two sets of named values. */
export function differentEntries(what: string, client: Record<string, unknown>, readout: Record<string, unknown>): string[] {
  const names = [...new Set([...Object.keys(client), ...Object.keys(readout)])].sort()
  return names.flatMap(name => different(`${what} ${JSON.stringify(name)}`, client[name], readout[name]))
}

/** The 16 hex digits of a float64's bits, every NaN as Python writes its own. */
export function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}
