import { describe, expect, it } from 'vitest';
import { randomFrom } from '@/test/random';
import { SkewLearner } from './skew-learner';
import { Trim } from './trim';

/** Drift that grows by the sound card's error, seen four times a second with noise. */
function listen(learner: SkewLearner, from: number, seconds: number, ppm: number, offsetMs = 0, seed = 1): number {
  const random = randomFrom(seed);
  let now = from;
  for (; now < from + seconds * 1_000; now += 250) {
    learner.note(offsetMs + ppm * 1e-6 * (now - from) + (random() - 0.5) * 4, now);
  }
  return now;
}

describe('the skew of a sound card', () => {
  // SYNC-9
  it.each([60, -60, 25, 0])('of %i ppm is known to 15 ppm after two minutes', (ppm) => {
    const learner = new SkewLearner();
    listen(learner, 0, 120, ppm);
    expect(Math.abs(learner.skew * 1e6 - ppm)).toBeLessThan(15);
  });

  // SYNC-9
  it('is not guessed from a few seconds', () => {
    const learner = new SkewLearner();
    listen(learner, 0, 15, 500);
    expect(learner.skew).toBe(0);
  });

  // SYNC-9
  it('outlives a jump of the film, which tells nothing about it', () => {
    const learner = new SkewLearner();
    const now = listen(learner, 0, 180, 60);
    learner.interrupt();
    listen(learner, now, 25, 60, 300, 2);
    expect(Math.abs(learner.skew * 1e6 - 60)).toBeLessThan(20);
  });

  // SYNC-9
  it('is believed up to what crystals can be off by', () => {
    const learner = new SkewLearner();
    listen(learner, 0, 300, 5_000);
    expect(learner.skew).toBeLessThanOrEqual(300e-6);
  });
});

describe('the trim', () => {
  const drift = (unsteeredMs: number) => ({ ms: unsteeredMs, noiseMs: 1, unsteeredMs });
  const play = (trim: Trim, ppm: number): number => {
    let changes = 0;
    for (let now = 0; now < 300_000; now += 250) {
      const before = trim.value;
      trim.note(drift(ppm * 1e-6 * now), now);
      if (trim.value !== before) changes += 1;
    }
    return changes;
  };

  // SYNC-9
  it('is the opposite of the skew, and seldom changed', () => {
    const trim = new Trim({ kind: 'any', step: 0.0005, trimStep: 0.00001 });
    expect(play(trim, 60)).toBeLessThanOrEqual(5);
    expect(trim.value).toBeCloseTo(-60e-6, 5);
  });

  // SYNC-9
  it('is none for a player that cannot keep it up', () => {
    const trim = new Trim({ kind: 'listed', rates: [0.5, 1, 2] });
    expect(play(trim, 60)).toBe(0);
    expect(trim.value).toBe(0);
  });
});
