import { useCallback, useState } from 'react';

const STORAGE_KEY = 'syncwatch.side';

/** Whether people and chat are shown beside the film; remembered on this device. */
export function useSide(): { shown: boolean; toggle: () => void } {
  const [shown, setShown] = useState(() => localStorage.getItem(STORAGE_KEY) !== 'hidden');
  const toggle = useCallback(() => {
    setShown((before) => {
      localStorage.setItem(STORAGE_KEY, before ? 'hidden' : 'shown');
      return !before;
    });
  }, []);
  return { shown, toggle };
}
