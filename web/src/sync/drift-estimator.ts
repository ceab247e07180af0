/**
 * How far this player's picture is from the room's position (SYNC-9), out of frames as they are presented.
 *
 * A single frame is late or early by a refresh of the screen now and then; the median of five is not. After a seek, a
 * start or a stall a player tells nonsense for a while, so nothing is believed for half a second.
 */

import type { MediaTime } from '@/api/generated/protocol';
import type { LocalTime } from './clock-model';
import { median } from './statistics';

/** A moment of the film, and when it was (or is about to be) on the screen. */
export type PresentedFrame = { mediaTimeMs: MediaTime; shownAt: LocalTime };

const FRAMES = 5;
const SETTLING_MS = 500;
/** A picture that old says nothing of now: at 10 frames a second five take half a second, polling takes 1.25 s. */
const STALE_MS = 1_500;

export class DriftEstimator {
  #errors: { at: LocalTime; value: number }[] = [];
  #quietUntil: LocalTime = Number.NEGATIVE_INFINITY;

  /** A seek, a start or a stall happened: what is seen next is not to be trusted. */
  disturb(now: LocalTime): void {
    this.#errors = [];
    this.#quietUntil = now + SETTLING_MS;
  }

  /** The room's movement changed: what was measured against the old one is void, the player itself is fine. */
  forget(): void {
    this.#errors = [];
  }

  /** Notes a frame against where the film should have been when it was shown. */
  note(frame: PresentedFrame, targetMs: MediaTime): void {
    if (frame.shownAt < this.#quietUntil) return;
    this.#errors.push({ at: frame.shownAt, value: frame.mediaTimeMs - targetMs });
    if (this.#errors.length > FRAMES) this.#errors.shift();
  }

  /** Milliseconds, positive when the picture is ahead. Unknown until enough frames agree. */
  drift(now: LocalTime): number | null {
    const recent = this.#errors.filter((error) => error.at > now - STALE_MS);
    return recent.length < 3 ? null : median(recent.map((error) => error.value));
  }

  /** When the last believed frame was shown: a playing film without new frames stands still, whatever its clock says. */
  lastFrameAt(): LocalTime | null {
    return this.#errors.at(-1)?.at ?? null;
  }
}
