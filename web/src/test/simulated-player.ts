/**
 * A player without a browser, faulty as browsers are: it starts late, seeks slowly, shows whole frames on the screen's
 * refreshes, runs by a crystal of its own, and loses position when its speed returns to normal.
 */

import type { PilotAction, PlayerView } from '@/sync';

export type PlayerTraits = {
  startLagMs: number;
  seekMs: number;
  /** Seeking to what is not buffered takes the network's time. */
  loadMs: number;
  skewPpm: number;
  excursionMs: number;
  random: () => number;
};

const FRAME_MS = 1000 / 30;
const REFRESH_MS = 1000 / 60;

export class SimulatedPlayer {
  position = 0;
  paused = true;
  rate = 1;
  buffered = { startMs: 0, endMs: Number.POSITIVE_INFINITY };
  readonly log: { at: number; action: PilotAction }[] = [];
  #traits: PlayerTraits;
  #movesFrom = 0;
  #seekedAt: number | null = null;
  #refreshAt = 0;
  /** Which part of a frame the picture is ahead of the clock: chosen anew at each start and seek. */
  #lead = 0;

  constructor(traits: PlayerTraits) {
    this.#traits = traits;
  }

  get starved(): boolean {
    return this.position + 100 > this.buffered.endMs;
  }

  view(): PlayerView {
    const seeking = this.#seekedAt !== null;
    return {
      positionMs: this.position,
      paused: this.paused,
      seeking,
      ready: !seeking && !this.starved,
      blocked: false,
      buffered: [this.buffered],
    };
  }

  act(action: PilotAction, now: number): void {
    this.log.push({ at: now, action });
    const { startLagMs, seekMs, loadMs, random, excursionMs } = this.#traits;
    if (action.kind === 'pause') this.paused = true;
    if (action.kind === 'play') {
      this.paused = false;
      this.#movesFrom = now + startLagMs * (0.9 + 0.2 * random());
      this.#lead = random() * 8;
    }
    if (action.kind === 'seek') {
      const known = action.toMs >= this.buffered.startMs && action.toMs < this.buffered.endMs;
      this.position = action.toMs;
      this.#seekedAt = now + (known ? seekMs : loadMs) * (0.8 + 0.4 * random());
    }
    if (action.kind === 'rate') {
      if (action.rate === 1 && this.rate !== 1 && !this.paused) this.position += excursionMs;
      this.rate = action.rate;
    }
  }

  /** Lets `dt` milliseconds pass; returns the frame that came to the screen in them. */
  advance(now: number, dt: number): { mediaTimeMs: number; shownAt: number } | null {
    if (this.#seekedAt !== null && now >= this.#seekedAt) this.#seekedAt = null;
    const moving = !this.paused && this.#seekedAt === null && now >= this.#movesFrom && !this.starved;
    if (!moving) return null;
    this.position += dt * this.rate * (1 + this.#traits.skewPpm * 1e-6);
    if (now < this.#refreshAt) return null;
    this.#refreshAt = now + REFRESH_MS;
    const picture = Math.floor((this.position + this.#lead) / FRAME_MS) * FRAME_MS;
    // A frame is on the screen for two refreshes; only the first is reported.
    const fresh = picture > this.#lastPicture || picture < this.#lastPicture - FRAME_MS;
    this.#lastPicture = picture;
    return fresh ? { mediaTimeMs: picture, shownAt: now } : null;
  }
  #lastPicture = -1;
}
