/**
 * What is known of the server's clock, as a value: it crosses from the worker to the page, and either of them can tell the
 * time by it at any moment without asking again.
 */

import type { ServerTime } from '@/api/generated/protocol';
import type { LocalTime } from './clock-model';

export type ClockQuality = {
  roundTripMs: number;
  /** What one exchange in twenty takes longer than: by this the room schedules its commands (SYNC-10). */
  roundTripP95Ms: number;
  errorBoundMs: number;
  dispersionMs: number;
  skewPpm: number;
};

export type ClockReading = {
  at: LocalTime;
  /** Server time minus local time at `at`, as it is believed to be. */
  offset: number;
  /** How much that grows each millisecond. */
  skew: number;
  /** What is published differs from that by so much, and creeps towards it. */
  residual: number;
  quality: ClockQuality;
};

/** A published time never jumps by a little: people's players are steered by it. */
const MAX_SLEW = 5e-3;

export function serverTimeBy(reading: ClockReading, local: LocalTime): ServerTime {
  return local + publishedOffset(reading, local);
}

/** The local moment of a server time; the skew within a few seconds is far below what anyone can time. */
export function localTimeBy(reading: ClockReading, server: ServerTime, near: LocalTime): LocalTime {
  return server - publishedOffset(reading, near);
}

/** The same reading on a clock that shows `ahead` more, such as the page's when the worker's was read. */
export function readOn(reading: ClockReading, ahead: number): ClockReading {
  return { ...reading, at: reading.at + ahead, offset: reading.offset - ahead };
}

function publishedOffset({ at, offset, skew, residual }: ClockReading, local: LocalTime): number {
  const left = Math.max(0, Math.abs(residual) - MAX_SLEW * Math.max(0, local - at));
  return offset + skew * (local - at) + Math.sign(residual) * left;
}
