/**
 * How far this player's picture is from the room's position (SYNC-9), out of frames as they are presented.
 *
 * A single frame is on the screen up to a refresh late, so many are looked at. That they were shown at different speeds does
 * not matter: what steering did since each of them is known and added. After a seek, a start or a stall a player tells nonsense
 * for a while, so nothing is believed for half a second.
 */

import type { MediaTime } from '@/api/generated/protocol';
import type { LocalTime } from './clock-model';
import { middleMean, standardError } from './statistics';

/** A moment of the film, and when it was (or is about to be) on the screen. */
export type PresentedFrame = { mediaTimeMs: MediaTime; shownAt: LocalTime };

export type Drift = {
  /** Milliseconds, positive when the picture is ahead. */
  ms: number;
  /** What that may be off by, by chance. */
  noiseMs: number;
  /** What it would be if nobody had steered since the last disturbance. */
  unsteeredMs: number;
};

type Seen = { at: LocalTime; unsteered: number };

const FEWEST_FRAMES = 3;
const MOST_FRAMES = 40;
/** Older frames say nothing of now; polling every 250 ms still gives five within it. */
const WINDOW_MS = 1_250;
const SETTLING_MS = 500;
/** So many of the newest, when all of them are beside the rest, mean that the picture has slipped. */
const SLIPPED_FRAMES = 5;
const SLIP_MS = 12;
const HARDLY_CHANCE = 6;

export class DriftEstimator {
  #frames: Seen[] = [];
  #quietUntil: LocalTime = Number.NEGATIVE_INFINITY;
  /** What steering has moved the picture by until `at`, and moves it by each millisecond since. */
  #steered = { at: 0 as LocalTime, ms: 0, excess: 0 };

  /** A seek, a start or a stall happened: what is seen next is not to be trusted. */
  disturb(now: LocalTime): void {
    this.#frames = [];
    this.#quietUntil = now + SETTLING_MS;
  }

  /** The room's movement changed: what was measured against the old one is void, the player itself is fine. */
  forget(): void {
    this.#frames = [];
  }

  /** From now on the film moves by so much more than the room's for each millisecond. */
  steer(excess: number, now: LocalTime): void {
    this.#steered = { at: now, ms: this.#steeredUntil(now), excess };
  }

  /** Notes a frame against where the film should have been when it was shown. */
  note(frame: PresentedFrame, targetMs: MediaTime): void {
    if (frame.shownAt < this.#quietUntil) return;
    const unsteered = frame.mediaTimeMs - targetMs - this.#steeredUntil(frame.shownAt);
    this.#frames.push({ at: frame.shownAt, unsteered });
    if (this.#frames.length > MOST_FRAMES) this.#frames.shift();
  }

  /** Unknown until enough frames agree. */
  drift(now: LocalTime): Drift | null {
    this.#forgetBeforeSlip();
    const recent = this.#frames.filter((seen) => seen.at > now - WINDOW_MS).map((seen) => seen.unsteered);
    if (recent.length < FEWEST_FRAMES) return null;
    const unsteeredMs = middleMean(recent);
    return { ms: unsteeredMs + this.#steeredUntil(now), noiseMs: standardError(recent), unsteeredMs };
  }

  /** What was seen before a slip is of another place, and would only delay the sight of the new one. */
  #forgetBeforeSlip(): void {
    const newest = this.#frames.slice(-SLIPPED_FRAMES);
    const before = this.#frames.slice(0, -SLIPPED_FRAMES).map((seen) => seen.unsteered);
    if (before.length < SLIPPED_FRAMES) return;
    const limit = Math.max(SLIP_MS, HARDLY_CHANCE * standardError(before));
    const beside = middleMean(newest.map((seen) => seen.unsteered)) - middleMean(before);
    if (Math.abs(beside) > limit) this.#frames = newest;
  }

  #steeredUntil(moment: LocalTime): number {
    const { at, ms, excess } = this.#steered;
    return ms + excess * (moment - at);
  }
}
