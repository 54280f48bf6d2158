/**
 * Rows that are drawn. After a jump to where nothing is here yet, those of before stay in the document, out of sight, until the new
 * ones come: to draw these empty first takes as long as to draw them. The active row is always among them.
 */
export class HeldRows {
  #drawn: readonly number[] = []

  /** `wait`: nothing of what is to be drawn is here, and nobody has waited long for it. */
  show(wanted: readonly number[], active: number, wait: boolean): readonly number[] {
    const first = wanted.find(index => index !== active)
    const last = wanted.findLast(index => index !== active)
    const isOther =
      first !== undefined && last !== undefined && !this.#drawn.some(index => index !== active && index >= first && index <= last)
    if (wait && isOther && this.#drawn.includes(active)) return this.#drawn
    this.#drawn = wanted
    return wanted
  }
}
