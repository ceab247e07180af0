/** How long this device takes for something it is asked to do, learnt from each time it did it. */

const LEARNING = 0.3;
/** The first time says much more than what devices usually do. */
const FIRST_LEARNING = 0.7;

export class LearntLag {
  #value: number;
  #learnt = false;
  readonly #range: { min: number; max: number };

  constructor(expectedMs: number, range: { min: number; max: number }) {
    this.#value = expectedMs;
    this.#range = range;
  }

  get ms(): number {
    return this.#value;
  }

  learn(measuredMs: number): void {
    const share = this.#learnt ? LEARNING : FIRST_LEARNING;
    this.#learnt = true;
    const next = this.#value + share * (measuredMs - this.#value);
    this.#value = Math.min(this.#range.max, Math.max(this.#range.min, next));
  }
}
