/** What the controls show: the room's state, and over it one's own command that has not been answered (WEB-7). */

import type { MediaTime, RoomView, ServerTime, Waiting } from '@/api/generated/protocol';
import type { LiveRoom, PendingCommand } from '@/connection';
import { positionWithin, viewAt } from '@/sync';

export type ShownPlayback = { isPlaying: boolean; rate: number };

/** A room that waits for somebody stands and means to play: pressing its button pauses it (BEY-4). */
export function shownPlayback(
  { playback, waiting }: Pick<RoomView, 'playback' | 'waiting'>,
  pending: PendingCommand | null,
): ShownPlayback {
  const wish = pending?.wish;
  const meansToPlay = playback.isPlaying || waiting !== null;
  return {
    isPlaying: wish?.kind === 'play' || (meansToPlay && wish?.kind !== 'pause'),
    rate: wish?.kind === 'rate' ? wish.rate : playback.playbackRate,
  };
}

/** For whom the film stands, until one has said oneself how it goes on. */
export function shownWaiting({ waiting }: Pick<RoomView, 'waiting'>, pending: PendingCommand | null): Waiting | null {
  const wish = pending?.wish.kind;
  return wish === 'play' || wish === 'pause' ? null : waiting;
}

/** Where the film is shown to be. A place one has just asked for is shown before the room agrees. */
export function shownPosition(state: LiveRoom, now: ServerTime | null): MediaTime {
  const { room, timeline, pending } = state;
  if (room === null || timeline === null) return 0;
  if (pending?.wish.kind === 'seek') return pending.wish.mediaTimeMs;
  const { current, goal } = viewAt(timeline, now ?? 0);
  const length = room.video?.durationMs ?? null;
  // A jump that is about to happen is shown as having happened: the hand is quicker than the network.
  const playback = goal.sequenceNumber === current.sequenceNumber ? current : goal;
  return positionWithin(playback, now ?? playback.anchorServerTimeMs, length);
}
