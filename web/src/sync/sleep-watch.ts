/**
 * Notices that the computer was asleep: a timer came far too late, or the wall clock went on while the monotonic one stood
 * (which of the two happens differs between systems). Somebody who sets his clock looks the same, and costs a few exchanges.
 */

import type { LocalTime } from './clock-model';

/** Browsers let timers of hidden pages wait for a second; a sleep is longer. */
const LATE_MS = 3_000;
const CLOCKS_APART_MS = 1_000;

export class SleepWatch {
  #expected: { since: LocalTime; wallSince: number; inMs: number } | null = null;

  /** A timer is set. */
  expect(now: LocalTime, wall: number, inMs: number): void {
    this.#expected = { since: now, wallSince: wall, inMs };
  }

  /** No timer is running. */
  rest(): void {
    this.#expected = null;
  }

  /** The timer came: was it delayed by a sleep? */
  slept(now: LocalTime, wall: number): boolean {
    if (this.#expected === null) return false;
    const { since, wallSince, inMs } = this.#expected;
    const apart = wall - wallSince - (now - since);
    return now - since > inMs + LATE_MS || Math.abs(apart) > CLOCKS_APART_MS;
  }
}
