/** Looks at one thing about a thousand times a second and notes when it becomes another. */
import { setTimeout as sleep } from 'node:timers/promises';
import { now } from '../../e2e/harness/clock.ts';

/** The moment of a change is somewhere in this span; milliseconds of this process's wall clock. */
export interface Sighting<T> {
  value: T;
  /** The last look at what was before began here. */
  after: number;
  /** The first look at what is now ended here. */
  before: number;
}

const EVERY_MS = 1;

export class Eye<T> {
  readonly #sightings: Sighting<T>[] = [];
  #open = true;
  readonly #watching: Promise<void>;

  /** `look` gives `null` for what cannot be read, which is not a change: the next that can be read is. */
  constructor(private readonly look: () => T | null) {
    this.#watching = this.#watch();
  }

  /** Closes the eye; what it saw, without the first, whose beginning nobody saw. */
  async close(): Promise<Sighting<T>[]> {
    this.#open = false;
    await this.#watching;
    return this.#sightings.slice(1);
  }

  async #watch(): Promise<void> {
    let last: T | null = null;
    let after = Number.NEGATIVE_INFINITY;
    while (this.#open) {
      const began = now();
      const value = this.look();
      if (value !== null && value !== last) {
        this.#sightings.push({ value, after, before: now() });
        last = value;
      }
      if (value !== null) after = began;
      await sleep(EVERY_MS);
    }
  }
}
