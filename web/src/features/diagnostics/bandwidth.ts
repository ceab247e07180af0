/** What the line carried while it fetched the film (WEB-6). */

import type { Load } from '@/players';

/** So many loads count: a minute or two of film. */
const COUNTED = 20;
/** Of smaller ones the time is that of the round trip, and nothing is learnt about the width of the line. */
const LEAST_BYTES = 16 * 1024;

/** Bits per second. Picture and sound come beside each other, so time in which both were fetched counts once. */
export function bandwidthOf(loads: readonly Load[]): number | null {
  const counted = loads.filter(({ from, to, bytes }) => bytes >= LEAST_BYTES && to > from).slice(-COUNTED);
  let busyMs = 0;
  let busyUntil = Number.NEGATIVE_INFINITY;
  for (const { from, to } of counted.toSorted((a, b) => a.from - b.from)) {
    busyMs += Math.max(0, to - Math.max(from, busyUntil));
    busyUntil = Math.max(busyUntil, to);
  }
  const bytes = counted.reduce((sum, load) => sum + load.bytes, 0);
  return busyMs > 0 ? (bytes * 8_000) / busyMs : null;
}
