/**
 * The speed to rest at: the opposite of what the sound card is off by, so that steady play needs no nudges (SYNC-9). Changed
 * seldom and by little, since each change may be heard.
 */

import type { Speeds } from './capabilities';
import type { LocalTime } from './clock-model';
import type { Drift } from './drift-estimator';
import { SkewLearner } from './skew-learner';

/** A smaller change than this is not worth one. */
const WORTH_CHANGING = 15e-6;
const HOLD_MS = 15_000;

export class Trim {
  readonly #step: number;
  readonly #learner = new SkewLearner();
  #value = 0;
  #changedAt: LocalTime = Number.NEGATIVE_INFINITY;

  constructor(speeds: Speeds) {
    this.#step = speeds.kind === 'any' ? speeds.trimStep : 0;
  }

  /** The relative change of speed to rest at. */
  get value(): number {
    return this.#value;
  }

  interrupt(): void {
    this.#learner.interrupt();
  }

  note(drift: Drift, now: LocalTime): void {
    if (this.#step === 0) return;
    this.#learner.note(drift.unsteeredMs, now);
    const wanted = Math.round(-this.#learner.skew / this.#step) * this.#step;
    if (Math.abs(wanted - this.#value) < WORTH_CHANGING || now - this.#changedAt < HOLD_MS) return;
    this.#value = wanted;
    this.#changedAt = now;
  }
}
