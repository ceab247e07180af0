import type { CommandKind, PlaybackState, SyncCommand } from '@/api/generated/protocol';

export const FILM = { kind: 'video', videoId: '01890000-0000-7000-8000-000000000001' } as const;

export function playbackWith(changes: Partial<PlaybackState> = {}): PlaybackState {
  return {
    source: FILM,
    isPlaying: false,
    playbackRate: 1,
    anchorServerTimeMs: 0,
    anchorMediaTimeMs: 0,
    sequenceNumber: 1,
    epoch: 1,
    ...changes,
  };
}

export function commandWith(playback: Partial<PlaybackState>, kind: CommandKind = 'SEEK'): SyncCommand {
  const state = playbackWith(playback);
  return { kind, atServerTimeMs: state.anchorServerTimeMs, issuer: null, idempotencyKey: null, playback: state };
}
