/** A list of float64 that grows, 8 bytes a number. */
export class NumberList {
  #values = new Float64Array(1_024)
  length = 0

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Float64Array(this.length * 2)
      grown.set(this.#values)
      this.#values = grown
    }
    this.#values[this.length] = value
    this.length += 1
  }

  values(): Float64Array<ArrayBuffer> {
    return this.#values.subarray(0, this.length)
  }
}
