import type { CommandKind, PlaybackState } from '@/api/generated/protocol';
import { sameSource } from '@/sync';

/** What must have been done to the film, from how it stood before and after. */
export function commandBetween(before: PlaybackState, after: PlaybackState): CommandKind {
  if (before.epoch !== after.epoch) return 'STATE_SNAPSHOT';
  if (!sameSource(before, after)) return 'SET_SOURCE';
  if (before.isPlaying !== after.isPlaying) return after.isPlaying ? 'PLAY' : 'PAUSE';
  return before.playbackRate === after.playbackRate ? 'SEEK' : 'SET_RATE';
}
