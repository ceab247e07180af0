/** When to ask the server for the time next (DESIGN §5): often after a change, seldom once the answers agree. */

import type { LocalTime } from './clock-model';
import type { ClockQuality } from './clock-reading';

const BURST = { exchanges: 8, intervalMs: 200 };
const EAGER = { untilMs: 10_000, intervalMs: 1_000 };
const STEADY = { shortestMs: 2_000, longestMs: 5_000 };

/** Since the connection, the tab or the network came back: that is when old answers mean little. */
export type ClockRound = { startedAt: LocalTime; sent: number };

export function nextExchangeInMs(round: ClockRound, now: LocalTime, quality: ClockQuality | null): number {
  if (round.sent < BURST.exchanges) return BURST.intervalMs;
  if (now - round.startedAt < EAGER.untilMs) return EAGER.intervalMs;
  const dispersion = quality?.dispersionMs ?? Number.POSITIVE_INFINITY;
  return dispersion < 1 ? STEADY.longestMs : STEADY.shortestMs;
}
