/** An evening in numbers (ANA-2), as far as this page's notes reach. */

import type { LocalTime } from '@/sync';
import type { Records, Sample } from './diagnostics-store';

export type Measures = {
  watchedMs: number;
  bufferings: number;
  bufferingMs: number;
  correctionsSoft: number;
  correctionsHard: number;
  commands: number;
  reconnects: number;
  errors: number;
  averageRoundTripMs: number | null;
  largestDriftMs: number | null;
  framesDropped: number | null;
};

/** Longer without a sample, and nobody knows how the player stood. */
const GAP_MS = 6_000;

export function measuresOf(records: Records, from: LocalTime, to: LocalTime): Measures {
  const during = <Item extends { at: LocalTime }>(items: readonly Item[]) =>
    items.filter(({ at }) => at >= from && at <= to);
  const samples = during(records.samples);
  const corrections = during(records.corrections);
  const trips = samples.flatMap(({ roundTripMs }) => roundTripMs ?? []);
  const drifts = samples.flatMap(({ driftMs }) => (driftMs === null ? [] : Math.abs(driftMs)));
  return {
    watchedMs: timeIn('playing', samples),
    bufferings: samples.filter(({ state }, i) => state === 'stalled' && samples[i - 1]?.state !== 'stalled').length,
    bufferingMs: timeIn('stalled', samples),
    correctionsSoft: corrections.filter(({ kind }) => kind === 'rate').length,
    correctionsHard: corrections.filter(({ kind }) => kind === 'seek').length,
    commands: during(records.commands).length,
    reconnects: records.reconnects.filter((at) => at >= from && at <= to).length,
    errors: during(records.troubles).length,
    averageRoundTripMs: trips.length > 0 ? tenths(trips.reduce((sum, trip) => sum + trip, 0) / trips.length) : null,
    largestDriftMs: drifts.length > 0 ? tenths(Math.max(...drifts)) : null,
    framesDropped: droppedIn(samples),
  };
}

function timeIn(wanted: Sample['state'], samples: readonly Sample[]): number {
  const spans = samples.map(({ at, state }, i) => {
    const span = (samples[i + 1]?.at ?? at) - at;
    return state === wanted && span <= GAP_MS ? span : 0;
  });
  return Math.round(spans.reduce((sum, span) => sum + span, 0));
}

/** The browser counts from the opening of each film: a count that fell is another film's. */
function droppedIn(samples: readonly Sample[]): number | null {
  const counts = samples.flatMap(({ frames }) => frames?.dropped ?? []);
  if (counts.length === 0) return null;
  return counts.reduce((sum, count, i) => {
    const before = counts[i - 1] ?? count;
    return sum + (count >= before ? count - before : count);
  }, 0);
}

const tenths = (value: number) => Math.round(value * 10) / 10;
