/** How long to wait before the next try of anything (SYNC-7, UPL-1). */

const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/**
 * Full jitter: anything up to a limit that doubles with each failure, so that everybody whose server fell does not return in
 * one blow. `attempt` counts from 1; `chance` is a random number in [0, 1).
 */
export function backOffMs(attempt: number, chance: number, longestMs = LONGEST_MS): number {
  const ceiling = Math.min(longestMs, FIRST_MS * 2 ** (attempt - 1));
  return Math.max(FIRST_MS, Math.round(ceiling * chance));
}
