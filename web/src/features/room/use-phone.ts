import { useSyncExternalStore } from 'react';

/** Narrow, or a phone on its side: people and chat come as tabs rather than beside each other. */
const PHONE = window.matchMedia('(max-width: 63.99rem), (max-height: 30rem)');

export function usePhone(): boolean {
  return useSyncExternalStore(
    (changed) => {
      PHONE.addEventListener('change', changed);
      return () => PHONE.removeEventListener('change', changed);
    },
    () => PHONE.matches,
  );
}
