/** How far apart two screens are: the arithmetic of the main proof, without a browser. */
import type { SeenFrame } from './frame-reader.ts';

/** Where a screen was in the film at a moment. */
export type Place = Pick<SeenFrame, 'frame' | 'at'>;

/** The film positions of two screens at the same moments. */
export interface Spread {
  /** Moments compared. */
  count: number;
  /** Milliseconds of film between the two, without a sign. */
  p50: number;
  p95: number;
  max: number;
  /** The median with its sign: positive when the first screen is ahead. */
  lean: number;
  /** The share of moments at which the two were at most this many milliseconds apart. */
  within(limit: number): number;
}

/** Frames further apart than this are a gap, and nothing is assumed about the film in between. */
const LONGEST_GAP_MS = 250;

/**
 * Compares each frame of the first screen with the place between two frames at which the second screen was at that moment.
 * Both lists carry moments of the same clock.
 */
export function spread(first: readonly Place[], second: readonly Place[], framesPerSecond: number): Spread {
  const differences = first.flatMap((seen) => {
    const there = frameAt(second, seen.at);
    return there === null ? [] : [((seen.frame - there) * 1000) / framesPerSecond];
  });
  const sizes = differences.map(Math.abs).sort((a, b) => a - b);
  return {
    count: sizes.length,
    p50: quantile(sizes, 0.5),
    p95: quantile(sizes, 0.95),
    max: quantile(sizes, 1),
    lean: quantile(
      [...differences].sort((a, b) => a - b),
      0.5,
    ),
    within: (limit) => sizes.filter((size) => size <= limit).length / sizes.length,
  };
}

/** Milliseconds of film between the two screens that are farthest apart, at each frame of the first that all can be compared at. */
export function widest(screens: readonly (readonly Place[])[], framesPerSecond: number): number[] {
  const [first = [], ...others] = screens;
  return first.flatMap((seen) => {
    const frames = [seen.frame, ...others.map((other) => frameAt(other, seen.at))];
    if (!frames.every((frame) => frame !== null)) return [];
    return [((Math.max(...frames) - Math.min(...frames)) * 1000) / framesPerSecond];
  });
}

/** The value that this share of the list does not exceed. */
export function quantileOf(values: readonly number[], share: number): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    share,
  );
}

function frameAt(frames: readonly Place[], at: number): number | null {
  const index = frames.findIndex((seen) => seen.at > at);
  const [before, after] = [frames[index - 1], frames[index]];
  if (!before || !after || after.at - before.at > LONGEST_GAP_MS) return null;
  return before.frame + ((after.frame - before.frame) * (at - before.at)) / (after.at - before.at);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
