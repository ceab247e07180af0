/**
 * How fast this player's film runs by itself against the room's time (SYNC-9): the crystal of a sound card is 20 to 60 ppm
 * off, which is up to 3.6 ms a minute. Learnt from minutes of drift less all steering, so that its opposite can be played
 * with and nothing is left to correct.
 */

import type { LocalTime } from './clock-model';
import { weightedLine } from './statistics';

const EVERY_MS = 1_000;
const WINDOW_MS = 300_000;
/** A slope over less is made of noise. */
const LEAST_SPAN_MS = 20_000;
const TYPICAL_SKEW = 60e-6;
/** Once it is known, how much it may yet be found to differ: crystals follow the room's temperature. */
const LEARNT_DEVIATION = 10e-6;
const LEARNT_AFTER_MS = 60_000;
const MAX_SKEW = 300e-6;

export class SkewLearner {
  #points: { x: LocalTime; y: number }[] = [];
  /** What had been learnt before the present run of points. */
  #before = { skew: 0, learnt: false };
  #skew = 0;

  /** Relative: 50e-6 when the film gains 50 microseconds each second. */
  get skew(): number {
    return this.#skew;
  }

  /** The picture was moved by something that is not known: what comes after does not continue what was before. */
  interrupt(): void {
    const span = this.#span();
    if (span >= LEARNT_AFTER_MS) this.#before = { skew: this.#skew, learnt: true };
    this.#points = [];
  }

  /** The drift that there would be without any steering. */
  note(unsteeredMs: number, now: LocalTime): void {
    const last = this.#points.at(-1);
    if (last !== undefined && now - last.x < EVERY_MS) return;
    this.#points.push({ x: now, y: unsteeredMs });
    while ((this.#points[0]?.x ?? now) < now - WINDOW_MS) this.#points.shift();
    if (this.#span() >= LEAST_SPAN_MS) this.#skew = this.#fit(now);
  }

  #span(): number {
    return (this.#points.at(-1)?.x ?? 0) - (this.#points[0]?.x ?? 0);
  }

  /** What the points say beyond what was known before. */
  #fit(now: LocalTime): number {
    const { skew, learnt } = this.#before;
    const points = this.#points.map(({ x, y }) => ({ x: x - now, y: y - skew * (x - now), weight: 1 }));
    const { slope } = weightedLine(points, learnt ? LEARNT_DEVIATION : TYPICAL_SKEW);
    return Math.max(-MAX_SKEW, Math.min(MAX_SKEW, skew + slope));
  }
}
