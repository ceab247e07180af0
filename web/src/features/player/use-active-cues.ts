import { useEffect, useState } from 'react';
import { cuesAt, type VttCue } from '@/lib/vtt';
import { everyWhileVisible } from '@/lib/while-visible';
import type { Player } from '@/players';

const NONE: readonly VttCue[] = [];
/** Only where the browser does not announce frames. */
const LOOK_MS = 100;

/** What is to be read right now: by the frame that is shown, and by the player's own word while the film stands. */
export function useActiveCues(player: Player | null, cues: readonly VttCue[], delayMs: number): readonly VttCue[] {
  const [active, setActive] = useState(NONE);
  useEffect(() => {
    if (player === null || cues.length === 0) {
      setActive(NONE);
      return;
    }
    const show = (positionMs: number) => {
      const now = cuesAt(cues, positionMs - delayMs);
      setActive((before) => (same(before, now) ? before : now));
    };
    show(player.view().positionMs);
    const unsubscribe = player.subscribe((event) => {
      if (event.kind === 'frame') show(event.frame.mediaTimeMs);
      if (event.kind !== 'change') return;
      // Between two frames of a moving film its clock is ahead of its picture; a cue would come, go, and come again.
      const { positionMs, paused, seeking } = player.view();
      if (paused || seeking) show(positionMs);
    });
    const announced = 'requestVideoFrameCallback' in HTMLVideoElement.prototype;
    const stop = announced ? () => {} : everyWhileVisible(LOOK_MS, () => show(player.view().positionMs));
    return () => {
      unsubscribe();
      stop();
    };
  }, [player, cues, delayMs]);
  return active;
}

function same(a: readonly VttCue[], b: readonly VttCue[]): boolean {
  return a.length === b.length && a.every((cue, index) => cue === b[index]);
}
