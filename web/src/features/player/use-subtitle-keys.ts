import { useCallback } from 'react';
import { DELAY_STEP_MS, delaySubtitles } from './subtitle-store';
import type { Subtitles } from './use-subtitles';

/** Moves the subtitles by steps, while there are some to be seen. */
export function useSubtitleKeys({ film, shown }: Subtitles): (steps: number) => void {
  const isShown = shown !== null;
  return useCallback(
    (steps) => {
      if (film !== null && isShown) delaySubtitles(film, steps * DELAY_STEP_MS);
    },
    [film, isShown],
  );
}
