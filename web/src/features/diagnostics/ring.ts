/** The last so many of something. Adding costs the same however many there are, and nothing is moved about. */
export class Ring<Item> {
  readonly #size: number;
  #items: Item[] = [];
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  push(item: Item): void {
    this.#items[this.#next] = item;
    this.#next = (this.#next + 1) % this.#size;
  }

  clear(): void {
    this.#items = [];
    this.#next = 0;
  }

  /** Oldest first. */
  toArray(): Item[] {
    return this.#items.length < this.#size
      ? [...this.#items]
      : [...this.#items.slice(this.#next), ...this.#items.slice(0, this.#next)];
  }
}
