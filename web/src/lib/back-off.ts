const FIRST_MS = 500;
const MOST_MS = 30_000;

/**
 * The wait before the next try. Spread by up to a quarter each way, so that after a restart of the server not every
 * browser knocks in the same instant. `attempt` counts from 0, `chance` is a random number from 0 to 1.
 */
export function retryDelay(attempt: number, chance: number, mostMs = MOST_MS): number {
  const delay = Math.min(FIRST_MS * 2 ** attempt, mostMs);
  return delay * (0.75 + chance / 2);
}
