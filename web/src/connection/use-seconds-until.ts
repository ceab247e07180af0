import { useEffect, useState } from 'react';
import type { ServerTime } from '@/api/generated/protocol';
import { everyWhileVisible } from '@/lib/while-visible';
import { useSession } from './context';

const LOOK_AGAIN_MS = 250;

/** Whole seconds until a moment of the server, counting down to 0; nothing while there is no moment or no clock yet. */
export function useSecondsUntil(untilMs: ServerTime | null): number | null {
  const session = useSession();
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    const count = () => setSeconds(secondsLeft(untilMs, session.serverNow()));
    count();
    // Often, so that people who sit together see the same number; drawn only when it is another one.
    return untilMs === null ? undefined : everyWhileVisible(LOOK_AGAIN_MS, count);
  }, [session, untilMs]);
  return seconds;
}

function secondsLeft(untilMs: ServerTime | null, now: ServerTime | null): number | null {
  return untilMs === null || now === null ? null : Math.max(0, Math.ceil((untilMs - now) / 1_000));
}
