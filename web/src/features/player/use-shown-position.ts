import { useEffect, useState } from 'react';
import type { MediaTime } from '@/api/generated/protocol';
import { useSession } from '@/connection';
import { everyWhileVisible } from '@/lib/while-visible';
import { shownPosition } from './shown-playback';

const MOVING_MS = 200;
const RESTING_MS = 1_000;

/** The film's position for the controls, a few times a second and at once when something happens. */
export function useShownPosition(active: boolean): MediaTime {
  const session = useSession();
  const read = () => shownPosition(session.store.getState(), session.serverNow());
  const [position, setPosition] = useState(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` closes over the session alone.
  useEffect(() => {
    const update = () => setPosition(read());
    const unsubscribe = session.store.subscribe((now, before) => {
      if (now.timeline !== before.timeline || now.pending !== before.pending) update();
    });
    const stop = everyWhileVisible(active ? MOVING_MS : RESTING_MS, update);
    return () => {
      unsubscribe();
      stop();
    };
  }, [session, active]);
  return position;
}
