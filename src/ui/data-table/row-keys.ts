/**
 * Keys of the rows drawn. While a table scrolls step by step a row keeps its key; after a jump to where no row was drawn before, the new
 * rows take over the keys of the old ones, so that their elements get other texts instead of being made anew, which takes twice as long.
 * The active row keeps its key wherever the others go: its element may hold the focus or a press of the mouse that is not over.
 */
export class RowKeys {
  #first = 0
  #last = -1
  #base = 0
  #active = { index: -1, key: '' }

  /** Tells which rows are drawn, besides the active one; `keyOf` goes by that. */
  show(first: number, last: number, active: number): void {
    if (active !== this.#active.index) this.#active = { index: active, key: this.keyOf(active) }
    const overlaps = first <= this.#last && last >= this.#first
    if (!overlaps && this.#last >= this.#first) this.#base += first - this.#first
    this.#first = first
    this.#last = last
  }

  keyOf(index: number): string {
    const { index: active, key: taken } = this.#active
    if (index === active) return taken
    const key = String(index - this.#base)
    return key === taken ? `${key} beside` : key
  }
}
