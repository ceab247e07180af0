import { describe, expect, it } from 'vitest';
import type { PlayerCapabilities, Speeds } from './capabilities';
import { Steering } from './steering';
import { Tolerance } from './tolerance';

const ANY: Speeds = { kind: 'any', step: 0.0005, trimStep: 0 };
const MENU: Speeds = { kind: 'listed', rates: [0.5, 0.75, 1, 1.25, 1.5, 2] };
const able = (speeds: Speeds, toleranceMs = 4): PlayerCapabilities => ({
  speeds,
  toleranceMs,
  excursionCostMs: 0,
  jumpMs: 400,
  lags: { startMs: 50, restartMs: 50, seekMs: 160, loadMs: 550 },
});
const drift = (ms: number, noiseMs = 0) => ({ ms, noiseMs, unsteeredMs: ms });
const offsetFor = (ms: number, speeds: Speeds = ANY, base = 1): number =>
  new Steering(able(speeds)).offset(drift(ms), 0, base, 0);

describe('the nudge for a distance from the room', () => {
  // SYNC-9
  it.each([
    { ms: 3, offset: 0 },
    { ms: 6, offset: -0.001 },
    { ms: -6, offset: 0.001 },
    { ms: 20, offset: -0.016 },
    { ms: -35, offset: 0.02 },
    { ms: 100, offset: -0.04 },
    { ms: 300, offset: -0.08 },
  ])('of $ms ms is $offset', ({ ms, offset }) => {
    expect(offsetFor(ms)).toBeCloseTo(offset, 6);
  });

  // SYNC-9
  it('of more than 120 ms is at most 4 % after four seconds, while it is heard', () => {
    const steering = new Steering(able(ANY));
    expect(steering.offset(drift(390), 0, 1, 0)).toBeCloseTo(-0.08);
    expect(steering.offset(drift(380), 3_900, 1, 0)).toBeCloseTo(-0.08);
    expect(steering.offset(drift(370), 4_100, 1, 0)).toBeCloseTo(-0.04);
  });

  // SYNC-9
  it('is held for half a second, and ends when it has done its work', () => {
    const steering = new Steering(able(ANY));
    const begun = steering.offset(drift(30), 0, 1, 0);
    expect(steering.offset(drift(10), 400, 1, 0)).toBe(begun);
    expect(steering.dueInMs(drift(10))).toBeCloseTo(500, 0);
    expect(Math.abs(steering.offset(drift(10), 600, 1, 0))).toBeLessThan(Math.abs(begun));
    expect(steering.offset(drift(-0.1), 900, 1, 0)).toBe(0);
  });

  // SYNC-9
  it('is the gentlest speed of a menu, on the right side of the room’s', () => {
    expect(offsetFor(200, MENU)).toBe(-0.25);
    expect(offsetFor(-200, MENU)).toBe(0.25);
    expect(offsetFor(-200, MENU, 1.5)).toBeCloseTo(0.5 / 1.5);
    expect(offsetFor(-200, MENU, 2)).toBe(0);
  });
});

describe('what is close enough', () => {
  // BEY-5
  it('is what the person says, when the player could do better', () => {
    const steering = new Steering(able(ANY));
    expect(steering.offset(drift(60), 0, 1, 80)).toBe(0);
    expect(steering.offset(drift(90), 250, 1, 80)).not.toBe(0);
  });

  // SYNC-9
  it('is more while the picture trembles', () => {
    const steering = new Steering(able(ANY));
    expect(steering.offset(drift(10, 5), 0, 1, 0)).toBe(0);
    expect(steering.offset(drift(10, 1), 250, 1, 0)).not.toBe(0);
  });

  // SYNC-9
  it('is more after nudges that did not help, for a while', () => {
    const tolerance = new Tolerance(4);
    for (let i = 0; i < 3; i += 1) tolerance.didNotHelp();
    expect(tolerance.of(drift(0), 0)).toBeGreaterThan(10);
    for (let i = 0; i < 400; i += 1) tolerance.calm();
    expect(tolerance.of(drift(0), 100_000)).toBeCloseTo(4, 1);
  });

  // SYNC-9
  it('is a good deal when the speed was changed twenty times in a minute', () => {
    const tolerance = new Tolerance(4);
    for (let i = 0; i <= 20; i += 1) tolerance.changed(i * 1_000);
    expect(tolerance.of(drift(0), 21_000)).toBe(30);
    expect(tolerance.of(drift(0), 70_000)).toBe(4);
  });
});

describe('the speed to rest at', () => {
  /** Rests in step for so long, while the sound card gains 60 microseconds each second. */
  const rest = (steering: Steering, from: number, seconds: number, base: number, aheadMs = 0): number => {
    let trim = 0;
    for (let now = from; now < from + seconds * 1_000; now += 250) {
      const unsteeredMs = aheadMs + 60e-6 * now;
      trim = steering.offset({ ms: 0, noiseMs: 1, unsteeredMs }, now, base, 0);
    }
    return trim;
  };

  // SYNC-9, BEY-5
  it('is not learnt from what the film skipped while the room had another speed', () => {
    const steering = new Steering(able({ kind: 'any', step: 0.0005, trimStep: 0.00001 }));
    expect(rest(steering, 0, 120, 1)).toBeCloseTo(-60e-6, 5);
    expect(rest(steering, 120_000, 20, 1.5)).toBe(0);
    expect(rest(steering, 140_000, 60, 1, 30)).toBeCloseTo(-60e-6, 5);
  });
});
