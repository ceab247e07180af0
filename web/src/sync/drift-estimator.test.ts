import { describe, expect, it } from 'vitest';
import { randomFrom } from '@/test/random';
import { DriftEstimator } from './drift-estimator';

/** Frames of 25 a second, each shown up to a refresh late, of a picture that is so far ahead of the room. */
function watch(
  estimator: DriftEstimator,
  from: number,
  frames: number,
  aheadMs: (now: number) => number,
  seed = 1,
): number {
  const random = randomFrom(seed);
  let now = from;
  for (let i = 0; i < frames; i += 1, now += 40) {
    const late = random() * 16;
    estimator.note({ mediaTimeMs: now + aheadMs(now) - late, shownAt: now }, now);
  }
  return now;
}

describe('the drift of a picture', () => {
  // SYNC-9
  it('is unknown until some frames agree, and right after a disturbance', () => {
    const estimator = new DriftEstimator();
    expect(estimator.drift(1_000)).toBeNull();
    watch(estimator, 1_000, 2, () => 30);
    expect(estimator.drift(1_080)).toBeNull();
    watch(estimator, 1_080, 20, () => 30);
    expect(estimator.drift(1_900)?.ms).toBeCloseTo(22, -1);
    estimator.disturb(1_900);
    watch(estimator, 1_900, 12, () => 500);
    expect(estimator.drift(2_380)).toBeNull();
  });

  // SYNC-9
  it.each([1, 2, 3, 4])('is told to a few milliseconds, however late single frames are (seed %i)', (seed) => {
    const estimator = new DriftEstimator();
    const now = watch(estimator, 0, 30, () => 30, seed);
    expect(Math.abs((estimator.drift(now)?.ms ?? 0) - 22)).toBeLessThan(4);
    expect(estimator.drift(now)?.noiseMs).toBeLessThan(3);
  });

  // SYNC-9
  it('knows what steering did since its frames were shown', () => {
    const estimator = new DriftEstimator();
    const now = watch(estimator, 0, 30, () => 30);
    const before = estimator.drift(now)?.ms ?? 0;
    estimator.steer(-0.02, now);
    const half = estimator.drift(now + 500)?.ms ?? 0;
    expect(Math.abs(half - before + 10)).toBeLessThan(3);
    watch(estimator, now, 13, (at) => 30 - 0.02 * (at - now));
    const after = estimator.drift(now + 500);
    expect(Math.abs((after?.ms ?? 0) - before + 10)).toBeLessThan(3);
    expect(Math.abs((after?.unsteeredMs ?? 0) - before)).toBeLessThan(3);
  });

  // SYNC-9
  it('is that of the new place five frames after the picture has slipped', () => {
    const estimator = new DriftEstimator();
    const slipped = watch(estimator, 0, 30, () => 0);
    const now = watch(estimator, slipped, 5, () => -150);
    expect(Math.abs((estimator.drift(now)?.ms ?? 0) + 158)).toBeLessThan(10);
  });
});
