import { afterEach, describe, expect, it } from 'vitest';
import { OFFSET, parsePersonalSync, personalSync, RELAXED_MS, setOffset, setRelaxed } from './personal-sync';

afterEach(() => personalSync.setState(personalSync.getInitialState()));

const kept = () => parsePersonalSync(localStorage.getItem('syncwatch.personal-sync'));

describe("one's own way of following", () => {
  // BEY-5
  it('is kept on this device', () => {
    setOffset(120);
    setRelaxed(true);
    expect(kept()).toEqual({ offsetMs: 120, toleranceMs: RELAXED_MS });
    expect(personalSync.getState()).toEqual(kept());
    setRelaxed(false);
    expect(kept()).toEqual({ offsetMs: 120, toleranceMs: 0 });
  });

  // BEY-5
  it.each([
    [-9_000, OFFSET.leastMs],
    [9_000, OFFSET.mostMs],
    [123, 120],
    [-4, 0],
    [Number.NaN, 0],
  ])('an offset of %d is taken as %d', (wished, taken) => {
    setOffset(wished);
    expect(personalSync.getState().offsetMs).toBe(taken);
  });

  // BEY-5
  it.each([null, 'not JSON', '"text"', '{"offsetMs":"12","toleranceMs":-3}', '{"offsetMs":null}'])(
    'that was kept as %j is as the room',
    (stored) => {
      expect(parsePersonalSync(stored)).toEqual({ offsetMs: 0, toleranceMs: 0 });
    },
  );
});
