/** Values of about so many bytes; the least recently used go first. */
export class ByteCache<Value> {
  readonly #budget: number
  readonly #bytesOf: (value: Value) => number
  readonly #values = new Map<string, Value>()
  #bytes = 0

  constructor(budget: number, bytesOf: (value: Value) => number) {
    this.#budget = budget
    this.#bytesOf = bytesOf
  }

  /** The value under `id`, made by `make` where it is not held. One id is of one kind of value. */
  get<Made extends Value>(id: string, make: () => Made): Made {
    const held = this.#values.get(id)
    if (held !== undefined) {
      this.#values.delete(id)
      this.#values.set(id, held)
      return held as Made
    }
    const made = make()
    this.#values.set(id, made)
    this.#bytes += this.#bytesOf(made)
    for (const [oldest, value] of this.#values) {
      if (this.#bytes <= this.#budget || oldest === id) break
      this.#values.delete(oldest)
      this.#bytes -= this.#bytesOf(value)
    }
    return made
  }
}
