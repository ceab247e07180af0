/** Keyboards with media keys, headsets and lock screens move the room (WEB-2). */

import { useEffect } from 'react';
import { useRoom } from '@/connection';
import { shownPlayback } from './shown-playback';
import type { PlaybackControls } from './use-playback-controls';
import { SKIP_SECONDS } from './use-playback-keys';

export function useMediaSession(controls: PlaybackControls): void {
  const title = useRoom((room) => room.video?.title ?? room.settings.name);
  const artist = useRoom((room) => room.settings.name);
  const poster = useRoom((room) => room.video?.posterUrl ?? null);
  const isPlaying = useRoom((room, { pending }) => shownPlayback(room, pending).isPlaying);

  useEffect(() => {
    if (!('mediaSession' in navigator)) return;
    const artwork = poster === null ? [] : [{ src: poster }];
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist, artwork });
    return () => {
      navigator.mediaSession.metadata = null;
    };
  }, [title, artist, poster]);

  useEffect(() => {
    if ('mediaSession' in navigator) navigator.mediaSession.playbackState = isPlaying ? 'playing' : 'paused';
  }, [isPlaying]);

  useEffect(() => {
    if (!('mediaSession' in navigator)) return;
    const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
      ['play', () => controls.play()],
      ['pause', () => controls.pause()],
      ['seekbackward', (details) => controls.skip(-(details.seekOffset ?? SKIP_SECONDS))],
      ['seekforward', (details) => controls.skip(details.seekOffset ?? SKIP_SECONDS)],
      ['seekto', (details) => details.seekTime !== undefined && controls.seek(details.seekTime * 1000)],
    ];
    for (const [action, handler] of handlers) navigator.mediaSession.setActionHandler(action, handler);
    return () => {
      for (const [action] of handlers) navigator.mediaSession.setActionHandler(action, null);
    };
  }, [controls]);
}
