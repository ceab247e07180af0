import { useCallback, useEffect, useState } from 'react';

/**
 * Fullscreen of the whole page with the film filling it, rather than of the `<video>`: so menus, chat and dialogs can float
 * over the picture. iPhones know only the video's own.
 */
export function useFullscreen(video: HTMLVideoElement | null): { active: boolean; toggle: () => void } {
  const [active, setActive] = useState(() => document.fullscreenElement !== null);

  useEffect(() => {
    const changed = () => setActive(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);

  const toggle = useCallback(() => {
    if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => {});
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(() => {});
    else (video as IosVideo | null)?.webkitEnterFullscreen?.();
  }, [video]);

  return { active, toggle };
}

/** What Safari on iPhones has instead; no type knows it. */
type IosVideo = HTMLVideoElement & { webkitEnterFullscreen?: () => void };
