import { useSyncExternalStore } from 'react';

/**
 * Where people and chat are: beside the film where there is room for both, below it on a phone held upright, and over it on a
 * phone on its side. The layout itself is in `room.css`, by the same measures.
 */
export type Screen = 'wide' | 'upright' | 'sideways';

const SIDEWAYS = window.matchMedia('(max-height: 30rem)');
const NARROW = window.matchMedia('(max-width: 63.99rem)');

export function useScreen(): Screen {
  return useSyncExternalStore(subscribe, screenNow);
}

function subscribe(changed: () => void): () => void {
  for (const query of [SIDEWAYS, NARROW]) query.addEventListener('change', changed);
  return () => {
    for (const query of [SIDEWAYS, NARROW]) query.removeEventListener('change', changed);
  };
}

function screenNow(): Screen {
  if (SIDEWAYS.matches) return 'sideways';
  return NARROW.matches ? 'upright' : 'wide';
}
