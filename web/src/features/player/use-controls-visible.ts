import { useCallback, useEffect, useRef, useState } from 'react';

const LEAVE_MS = 2_500;

/** Controls come with any movement and leave after a while without one; they stay while held (film stands, focus, menu). */
export function useControlsVisible(held: boolean): { visible: boolean; wake: () => void; hide: () => void } {
  const [visible, setVisible] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const wake = useCallback(() => {
    setVisible(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setVisible(false), LEAVE_MS);
  }, []);
  const hide = useCallback(() => {
    clearTimeout(timer.current);
    setVisible(false);
  }, []);

  useEffect(() => {
    wake();
    return () => clearTimeout(timer.current);
  }, [wake]);

  return { visible: visible || held, wake, hide };
}
