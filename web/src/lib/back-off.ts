/** How long to wait before the next try of anything (SYNC-7, UPL-1). */

const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/**
 * Anything between the shortest wait and a limit that doubles with each failure, so that everybody whose server fell does not
 * return in one blow, not even at the first try. `attempt` counts from 1; `chance` is a random number in [0, 1).
 */
export function backOffMs(attempt: number, chance: number, longestMs = LONGEST_MS): number {
  const ceiling = Math.min(longestMs, FIRST_MS * 2 ** attempt);
  return Math.round(FIRST_MS + chance * (ceiling - FIRST_MS));
}
