import { useCallback, useEffect, useState } from 'react';

const STORAGE_KEY = 'syncwatch.volume';

export type Volume = { level: number; muted: boolean; setLevel: (level: number) => void; toggleMuted: () => void };

/** How loud it is here, for this device alone; remembered. The browser may mute by itself, so the element is asked. */
export function useVolume(video: HTMLVideoElement | null): Volume {
  const [shown, setShown] = useState({ level: remembered(), muted: false });

  useEffect(() => {
    if (video === null) return;
    video.volume = remembered();
    const changed = () => setShown({ level: video.volume, muted: video.muted });
    changed();
    video.addEventListener('volumechange', changed);
    return () => video.removeEventListener('volumechange', changed);
  }, [video]);

  const setLevel = useCallback(
    (level: number) => {
      if (video === null) return;
      video.volume = level;
      video.muted = level === 0;
      localStorage.setItem(STORAGE_KEY, String(level));
    },
    [video],
  );
  const toggleMuted = useCallback(() => {
    if (video === null) return;
    // Nobody means silence by switching the sound on.
    if (video.muted && video.volume === 0) video.volume = 0.5;
    video.muted = !video.muted;
  }, [video]);

  return { ...shown, setLevel, toggleMuted };
}

function remembered(): number {
  const stored = Number(localStorage.getItem(STORAGE_KEY) ?? '1');
  return stored > 0 && stored <= 1 ? stored : 1;
}
