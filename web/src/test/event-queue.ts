/** Virtual time: what happens next, in order. Two things at the same moment happen in the order in which they were planned. */

type Planned = { at: number; order: number; act: () => void };

export class EventQueue {
  /** True time in milliseconds, which nobody in the simulation can read. */
  now = 0;
  readonly #heap: Planned[] = [];
  #planned = 0;

  at(moment: number, act: () => void): void {
    const item = { at: Math.max(moment, this.now), order: this.#planned++, act };
    const heap = this.#heap;
    let i = heap.push(item) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent] as Planned; // within the heap
      if (!before(item, above)) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = item;
  }

  after(delay: number, act: () => void): void {
    this.at(this.now + delay, act);
  }

  runUntil(end: number): void {
    for (let next = this.#heap[0]; next !== undefined && next.at <= end; next = this.#heap[0]) {
      this.#removeFirst();
      this.now = next.at;
      next.act();
    }
    this.now = end;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && before(right, heap[child] as Planned)) child += 1;
      const smaller = heap[child] as Planned; // `child` is within the heap
      if (!before(smaller, last)) break;
      heap[i] = smaller;
      i = child;
    }
    heap[i] = last;
  }
}

function before(a: Planned, b: Planned): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
