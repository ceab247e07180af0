/** What a page's player went through, noted as it happens and from the first moment on. */
import type { Page } from 'playwright-core';

export interface PlayerEvents {
  /** Moments of `canplay`, `seeking` and `ratechange`, in milliseconds of the browser's own wall clock. */
  canplay: number[];
  seeking: number[];
  ratechange: { at: number; rate: number }[];
}

declare global {
  interface Window {
    playerEvents?: PlayerEvents;
  }
}

/** Call it before the page is opened. Media events do not bubble, but they can be caught on their way down. */
export async function watchPlayer(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const events: PlayerEvents = { canplay: [], seeking: [], ratechange: [] };
    const now = (): number => performance.timeOrigin + performance.now();
    window.playerEvents = events;
    document.addEventListener('canplay', () => events.canplay.push(now()), true);
    document.addEventListener('seeking', () => events.seeking.push(now()), true);
    document.addEventListener(
      'ratechange',
      ({ target }) => events.ratechange.push({ at: now(), rate: (target as HTMLVideoElement).playbackRate }),
      true,
    );
  });
}

/** The events since the last call. */
export function takePlayerEvents(page: Page): Promise<PlayerEvents> {
  return page.evaluate(() => {
    const events = window.playerEvents;
    if (!events) throw new Error('the page was not told to note its player');
    return {
      canplay: events.canplay.splice(0),
      seeking: events.seeking.splice(0),
      ratechange: events.ratechange.splice(0),
    };
  });
}
