/** The four ways in which a player can be with its room, and how their places in the film compare. */

import type { MediaTime, PlaybackState, ServerTime } from '@/api/generated/protocol';
import type { LocalTime } from './clock-model';
import type { LearntLag } from './learnt-lag';
import type { BufferedRange, PlayerView } from './observation';
import { continues } from './timeline';

export type Landing = {
  kind: 'landing';
  playback: PlaybackState;
  startAt: ServerTime;
  toMs: MediaTime;
  since: LocalTime;
  /** It had been in the buffer when the seek began: another lag is learnt than from the network. */
  buffered: boolean;
  moved: boolean;
  /** The seek is over, and how long it took is learnt. */
  arrived: boolean;
  attempt: number;
};
export type Following = {
  kind: 'following';
  playback: PlaybackState;
  since: LocalTime;
  /** The lag that its start was timed with, until that has been judged by the picture. */
  started: { lag: LearntLag; calledLateMs: number } | null;
};
export type Stalled = { kind: 'stalled'; playback: PlaybackState; since: LocalTime };
type Resting = { kind: 'resting'; playback: PlaybackState | null; settledAt: MediaTime | null };
export type Phase = Resting | Landing | Following | Stalled;

/** The same run of the film: one goes on where the other is. */
export function sameMovement(a: PlaybackState, b: PlaybackState): boolean {
  return a === b || (a.epoch === b.epoch && a.sequenceNumber === b.sequenceNumber) || (b.isPlaying && continues(a, b));
}

export function isAt(player: PlayerView, positionMs: MediaTime, withinMs: number): boolean {
  return Math.abs(player.positionMs - positionMs) <= withinMs;
}

export function covers(ranges: readonly BufferedRange[], positionMs: MediaTime): boolean {
  return ranges.some((range) => range.startMs <= positionMs + 50 && positionMs + 300 <= range.endMs);
}

export function within(positionMs: MediaTime, durationMs: MediaTime | null): MediaTime {
  return durationMs === null ? positionMs : Math.min(positionMs, durationMs);
}
