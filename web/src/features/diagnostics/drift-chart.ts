/** The drift of the last minutes as a line to draw (WEB-6): where each point lies in a box of 1000 by 100, 50 being no drift. */

import type { LocalTime } from '@/sync';
import type { Records, Sample } from './diagnostics-store';

export const BOX = { width: 1_000, height: 100 } as const;

export type DriftChart = {
  /** The line, with gaps where nothing could be told. */
  path: string;
  /** What the upper edge stands for; the lower one is as far below. */
  limitMs: number;
  spanMs: number;
  corrections: number[];
  commands: number[];
};

/** Steps rather than the exact maximum, so that the picture does not breathe with each point. */
const LIMITS_MS = [20, 50, 150, 500, 2_000, 10_000] as const;
/** Longer without a sample, and the line would tell of what nobody saw. */
const GAP_MS = 5_000;

/** Nothing as long as there is no line to draw. */
export function driftChart({ samples, corrections, commands }: Records): DriftChart | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || first.at === last.at) return null;
  const spanMs = last.at - first.at;
  const x = (at: LocalTime) => round(((at - first.at) / spanMs) * BOX.width);
  const limitMs = limitOf(samples);
  const y = (driftMs: number) => {
    const within = Math.max(-limitMs, Math.min(limitMs, driftMs));
    return round((BOX.height / 2) * (1 - within / limitMs));
  };
  const places = (marks: readonly { at: LocalTime }[]) =>
    marks.filter(({ at }) => at >= first.at && at <= last.at).map(({ at }) => x(at));
  return { path: pathOf(samples, x, y), limitMs, spanMs, corrections: places(corrections), commands: places(commands) };
}

function limitOf(samples: readonly Sample[]): number {
  const largest = Math.max(...samples.map(({ driftMs }) => Math.abs(driftMs ?? 0)));
  return LIMITS_MS.find((limit) => largest <= limit) ?? LIMITS_MS[LIMITS_MS.length - 1] ?? largest;
}

function pathOf(samples: readonly Sample[], x: (at: LocalTime) => number, y: (driftMs: number) => number): string {
  let path = '';
  let drawnAt: LocalTime | null = null;
  for (const { at, driftMs } of samples) {
    if (driftMs === null) {
      drawnAt = null;
      continue;
    }
    const joined = drawnAt !== null && at - drawnAt <= GAP_MS;
    path += `${joined ? 'L' : 'M'}${x(at)} ${y(driftMs)}`;
    drawnAt = at;
  }
  return path;
}

const round = (value: number) => Math.round(value * 10) / 10;
