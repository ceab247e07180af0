/** When a film goes by itself (UPL-6). */

const DAY_MS = 86_400_000;
/** Its owner is told this long before. */
const WARNED_MS = 7 * DAY_MS;

export function expiresSoon(expiresAtMs: number | null, nowMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs - nowMs < WARNED_MS;
}

/** `in 3 days`, `tomorrow`, `in 5 hours`; never in the past, because what is over is cleared away within the hour. */
export function expiryWords(expiresAtMs: number, nowMs: number, locale: string): string {
  const left = Math.max(0, expiresAtMs - nowMs);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return left >= DAY_MS
    ? words.format(Math.floor(left / DAY_MS), 'day')
    : new Intl.RelativeTimeFormat(locale).format(Math.max(1, Math.round(left / 3_600_000)), 'hour');
}
