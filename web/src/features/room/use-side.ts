import { useCallback, useEffect, useState } from 'react';
import type { Screen } from './use-screen';

const STORAGE_KEY = 'syncwatch.side';

/**
 * Whether people and chat are shown. Beside the film that is remembered on this device. Over the film they come when they are
 * called and are gone the next time: whoever turns his phone wants to see the film. Below it there is nothing to hide them for.
 */
export function useSide(screen: Screen): { shown: boolean; toggle: () => void } {
  const [beside, setBeside] = useState(() => localStorage.getItem(STORAGE_KEY) !== 'hidden');
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (screen !== 'sideways') setOver(false);
  }, [screen]);

  const toggle = useCallback(() => {
    if (screen === 'sideways') {
      setOver((before) => !before);
      return;
    }
    setBeside((before) => {
      localStorage.setItem(STORAGE_KEY, before ? 'hidden' : 'shown');
      return !before;
    });
  }, [screen]);
  switch (screen) {
    case 'wide':
      return { shown: beside, toggle };
    case 'upright':
      return { shown: true, toggle };
    case 'sideways':
      return { shown: over, toggle };
  }
}
