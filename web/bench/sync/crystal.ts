/** The monotonic clock of one device: started at some moment, and running a little too fast or too slow. */
export class Crystal {
  readonly #ppm: number;
  readonly #startedAt: number;

  constructor(ppm: number, startedAt: number) {
    this.#ppm = ppm;
    this.#startedAt = startedAt;
  }

  /** What it shows at a moment of true time. */
  reads(trueTime: number): number {
    return (trueTime - this.#startedAt) * (1 + this.#ppm * 1e-6);
  }

  /** True milliseconds in so many of its own. */
  lasts(own: number): number {
    return own / (1 + this.#ppm * 1e-6);
  }
}
