/** What one can do to the room's film, and whether one may. */

import { useMemo } from 'react';
import type { MediaTime } from '@/api/generated/protocol';
import { can, type Permission, useLive, useSession } from '@/connection';
import { shownPlayback, shownPosition } from './shown-playback';

export type PlaybackControls = {
  play: () => void;
  pause: () => void;
  toggle: () => void;
  seek: (toMs: MediaTime) => void;
  skip: (seconds: number) => void;
  setRate: (rate: number) => void;
};

/** Stable over renders. Each asks the state when it is used, so that none acts on what was shown a moment ago. */
export function usePlaybackControls(): PlaybackControls {
  const session = useSession();
  return useMemo(() => {
    const state = () => session.store.getState();
    const may = () => {
      const { room, me } = state();
      return room !== null && can.move(room, me).allowed;
    };
    const guarded =
      <Args extends unknown[]>(act: (...args: Args) => void) =>
      (...args: Args) => {
        if (may()) act(...args);
      };
    const length = () => state().room?.video?.durationMs ?? Number.POSITIVE_INFINITY;
    const seek = (toMs: MediaTime) =>
      session.command({ kind: 'seek', mediaTimeMs: Math.min(Math.max(0, toMs), length()) });
    const play = () => session.command({ kind: 'play' });
    const pause = () => session.command({ kind: 'pause' });
    const isPlaying = () => {
      const { room, pending } = state();
      return room !== null && shownPlayback(room, pending).isPlaying;
    };
    return {
      play: guarded(play),
      pause: guarded(pause),
      toggle: guarded(() => (isPlaying() ? pause() : play())),
      seek: guarded(seek),
      skip: guarded((seconds: number) => seek(shownPosition(state(), session.serverNow()) + seconds * 1000)),
      setRate: guarded((rate: number) => session.command({ kind: 'rate', rate })),
    };
  }, [session]);
}

const NOTHING: Permission = { allowed: false, why: 'no_source' };

/** Whether this person may move the film now; if not, why. */
export function useMayMove(): Permission {
  const why = useLive(({ room, me }) => {
    const permission = room === null ? NOTHING : can.move(room, me);
    return permission.allowed ? null : permission.why;
  });
  return useMemo(() => (why === null ? { allowed: true } : { allowed: false, why }), [why]);
}
