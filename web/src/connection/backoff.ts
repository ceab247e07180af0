/** How long to wait before the next try (SYNC-7): full jitter, so that a room whose server fell does not return in one blow. */

const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/** `attempt` counts from 1; `random` is in [0, 1). */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.max(FIRST_MS, Math.round(ceiling * random));
}
