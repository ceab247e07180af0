/** What the drift controller sees, and what it may ask of a player. */

import type { MediaTime, PlayerState, ServerTime } from '@/api/generated/protocol';
import type { LocalTime } from './clock-model';
import type { Drift } from './drift-estimator';
import type { TimelineView } from './timeline';

export type BufferedRange = { startMs: MediaTime; endMs: MediaTime };

/** A player at a moment. */
export type PlayerView = {
  positionMs: MediaTime;
  paused: boolean;
  seeking: boolean;
  /** Enough is there to play on from here. */
  ready: boolean;
  /** The browser refused to start without a tap. */
  blocked: boolean;
  buffered: readonly BufferedRange[];
};

export type Observation = {
  now: LocalTime;
  serverNow: ServerTime;
  timeline: TimelineView;
  player: PlayerView;
  /** The picture's distance from the room, where it can be told. */
  drift: Drift | null;
  /** What the person does not mind. */
  toleranceMs: number;
  durationMs: MediaTime | null;
};

export type PlayerAction =
  | { kind: 'play' }
  | { kind: 'pause' }
  | { kind: 'seek'; toMs: MediaTime }
  | { kind: 'rate'; rate: number }
  /** What was measured of the picture until now is void. */
  | { kind: 'disturb' }
  | { kind: 'lowerQuality' };

export type Decision = { actions: PlayerAction[]; nextInMs: number; state: PlayerState; troubled: boolean };
