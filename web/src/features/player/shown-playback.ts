/** What the controls show: the room's state, and over it one's own command that has not been answered (WEB-7). */

import type { MediaTime, PlaybackState, ServerTime } from '@/api/generated/protocol';
import type { LiveRoom, PendingCommand } from '@/connection';
import { positionWithin, viewAt } from '@/sync';

export type ShownPlayback = { isPlaying: boolean; rate: number };

export function shownPlayback(playback: PlaybackState, pending: PendingCommand | null): ShownPlayback {
  const wish = pending?.wish;
  return {
    isPlaying: wish?.kind === 'play' || (playback.isPlaying && wish?.kind !== 'pause'),
    rate: wish?.kind === 'rate' ? wish.rate : playback.playbackRate,
  };
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
