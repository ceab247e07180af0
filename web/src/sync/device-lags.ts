/** What this device was found to take for starts and seeks, each from the times it did them. */

import type { Lags } from './capabilities';
import { LearntLag } from './learnt-lag';

export class DeviceLags {
  readonly #start: LearntLag;
  readonly #restart: LearntLag;
  readonly #seek: LearntLag;
  readonly #load: LearntLag;

  constructor(expected: Lags) {
    this.#start = new LearntLag(expected.startMs, { min: 0, max: 1_000 });
    this.#restart = new LearntLag(expected.restartMs, { min: 0, max: 1_000 });
    this.#seek = new LearntLag(expected.seekMs, { min: 40, max: 3_000 });
    this.#load = new LearntLag(expected.loadMs, { min: 100, max: 6_000 });
  }

  get all(): Lags {
    const [startMs, restartMs] = [this.#start.ms, this.#restart.ms];
    return { startMs, restartMs, seekMs: this.#seek.ms, loadMs: this.#load.ms };
  }

  /** Of a start: after a seek some players take less. */
  toStart(afterSeek: boolean): LearntLag {
    return afterSeek ? this.#restart : this.#start;
  }

  /** Of a seek: what is not in the buffer comes from the network. */
  toSeek(buffered: boolean): LearntLag {
    return buffered ? this.#seek : this.#load;
  }
}
