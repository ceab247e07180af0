/** Notes errors of the page itself: their kind and nothing more, for their words may hold addresses and names. */

import { noteTrouble } from './diagnostics-store';

/** Returns how to stop. */
export function recordPage(): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const note = (error: unknown) =>
    noteTrouble({ at: performance.now(), source: 'page', code: error instanceof Error ? error.name : 'unknown' });
  addEventListener('error', ({ error }) => note(error), { signal });
  addEventListener('unhandledrejection', ({ reason }) => note(reason), { signal });
  return () => stop.abort();
}
