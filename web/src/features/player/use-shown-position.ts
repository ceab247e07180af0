import { useEffect, useState } from 'react';
import type { MediaTime } from '@/api/generated/protocol';
import { useSession } from '@/connection';
import { shownPosition } from './shown-playback';

const MOVING_MS = 200;

/** The film's position for the controls, a few times a second and at once when something happens. */
export function useShownPosition(active: boolean): MediaTime {
  const session = useSession();
  const read = () => shownPosition(session.store.getState(), session.serverNow());
  const [position, setPosition] = useState(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` closes over the session alone.
  useEffect(() => {
    const update = () => setPosition(read());
    update();
    const unsubscribe = session.store.subscribe((now, before) => {
      if (now.timeline !== before.timeline || now.pending !== before.pending) update();
    });
    const timer = setInterval(update, active ? MOVING_MS : 1_000);
    return () => {
      unsubscribe();
      clearInterval(timer);
    };
  }, [session, active]);
  return position;
}
