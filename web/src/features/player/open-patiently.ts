/** Opens a player however long the network is away: hls.js comes only when a film does, and may not come at the first try. */

import { serverAnswers } from '@/api/client';
import { backOffMs } from '@/lib/back-off';
import { reloadOnce } from '@/lib/stale-chunk';
import type { OpenedPlayer } from '@/players';

export type Patience = {
  /** It did not open; it is tried again by itself. */
  onFailure: () => void;
  /** Its event `retry` is somebody who does not want to wait for that. */
  asked: EventTarget;
  signal: AbortSignal;
};

export async function openPatiently(
  open: () => Promise<OpenedPlayer | null>,
  { onFailure, asked, signal }: Patience,
): Promise<OpenedPlayer | null> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await open();
    } catch {
      if (signal.aborted) break;
      onFailure();
      if (attempt > 1) await reloadIfGone();
      await nextTry(backOffMs(attempt, Math.random()), asked, signal);
    }
  }
  return null;
}

/**
 * A second failure while the server answers is no matter of waiting: the file went with an update, or the browser
 * remembers that it could not be fetched, as Firefox 153 does. A new page has it, and the room takes the person back.
 */
async function reloadIfGone(): Promise<void> {
  if (await serverAnswers()) reloadOnce();
}

/** Comes after the pause, or at once when the network is back, when somebody asks, or when it is over. */
function nextTry(pauseMs: number, asked: EventTarget, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const listening = new AbortController();
    const go = () => {
      listening.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(go, pauseMs);
    addEventListener('online', go, listening);
    asked.addEventListener('retry', go, listening);
    signal.addEventListener('abort', go, listening);
  });
}
