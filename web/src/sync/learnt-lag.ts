/** How long this device takes for something it is asked to do, learnt from each time it did it. */

/** The first time says much more than what devices usually do; later ones differ from each other mostly by chance. */
const FIRST_LEARNING = 0.7;
const LEAST_LEARNING = 0.12;

export class LearntLag {
  #value: number;
  #times = 0;
  readonly #range: { min: number; max: number };

  constructor(expectedMs: number, range: { min: number; max: number }) {
    this.#value = expectedMs;
    this.#range = range;
  }

  get ms(): number {
    return this.#value;
  }

  learn(measuredMs: number): void {
    this.#times += 1;
    const share = Math.max(LEAST_LEARNING, FIRST_LEARNING / this.#times);
    const next = this.#value + share * (measuredMs - this.#value);
    this.#value = Math.min(this.#range.max, Math.max(this.#range.min, next));
  }
}
