/**
 * How much more the keeper's clock shows than the page's. Both count from their own start; `performance.timeOrigin` tells
 * the difference exactly in some browsers, and in others by a wall clock that was set in between, so it is checked against
 * what was seen.
 */

import type { LocalTime } from '@/sync';

/** What both clocks may be rounded by. */
const ROUNDING_MS = 0.2;

export class KeeperTime {
  #lower = Number.NEGATIVE_INFINITY;
  #upper = Number.POSITIVE_INFINITY;
  #told = 0;

  /** The keeper's clock was read at some moment between the page's asking and its hearing of it. */
  compared(askedAt: LocalTime, keeperNow: LocalTime, heardAt: LocalTime, toldDifference: number): void {
    this.#lower = Math.max(this.#lower, keeperNow - heardAt);
    this.#upper = Math.min(this.#upper, keeperNow - askedAt);
    this.#told = toldDifference;
  }

  get aheadMs(): number {
    if (!Number.isFinite(this.#lower)) return this.#told;
    const credible = this.#told >= this.#lower - ROUNDING_MS && this.#told <= this.#upper + ROUNDING_MS;
    return credible ? this.#told : (this.#lower + this.#upper) / 2;
  }
}
