/**
 * Closer than which error nothing is steered. As small as the player allows, and larger while what is seen of it trembles,
 * after nudges that did not help, and when the speed has been changed too often: an ear forgives a few milliseconds
 * sooner than a speed that is never still.
 */

import type { LocalTime } from './clock-model';
import type { Drift } from './drift-estimator';

/** So many standard errors are hardly chance. */
const HARDLY_CHANCE = 3;
const WIDENING = 1.5;
const MAX_MS = 30;
/** Towards the player's own, at each look. */
const RECOVERY = 0.98;
const CHANGES_A_MINUTE = 20;
const MINUTE_MS = 60_000;

export class Tolerance {
  readonly #leastMs: number;
  #ms: number;
  #changes: LocalTime[] = [];

  constructor(leastMs: number) {
    this.#leastMs = leastMs;
    this.#ms = leastMs;
  }

  of(drift: Drift, now: LocalTime): number {
    this.#changes = this.#changes.filter((at) => at > now - MINUTE_MS);
    const restless = this.#changes.length > CHANGES_A_MINUTE ? MAX_MS : 0;
    return Math.max(this.#ms, HARDLY_CHANCE * drift.noiseMs, restless);
  }

  /** Nothing is under way. */
  calm(): void {
    this.#ms = this.#leastMs + (this.#ms - this.#leastMs) * RECOVERY;
  }

  /** A nudge left the picture about where it was. */
  didNotHelp(): void {
    this.#ms = Math.max(this.#leastMs, Math.min(MAX_MS, this.#ms * WIDENING));
  }

  /** The speed was changed. */
  changed(now: LocalTime): void {
    this.#changes.push(now);
  }
}
