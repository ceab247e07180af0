import { describe, expect, it } from 'vitest';
import { person } from '@/test/room-fixtures';
import { reachable, shareOf, stragglers, stretch } from './seek-bar';

describe('the seek bar', () => {
  // WEB-2
  it('never draws beyond its ends', () => {
    expect(shareOf(-5, 100)).toBe(0);
    expect(shareOf(150, 100)).toBe(1);
    expect(shareOf(5, 0)).toBe(0);
    expect(stretch({ startMs: 50, endMs: 500 }, 100)).toEqual({ left: '50%', width: '50%' });
  });

  // TRN-3
  it('seeks only where the film is made, a little before the end of that', () => {
    expect(reachable(50_000, null)).toBe(50_000);
    expect(reachable(50_000, 30_000)).toBe(27_000);
    expect(reachable(10_000, 30_000)).toBe(10_000);
    expect(reachable(10_000, 1_000)).toBe(0);
  });

  // SYNC-11
  it('marks only others who are plainly somewhere else', () => {
    const people = [
      person({ id: 'ada', sync: 'desynced', positionMs: 1 }),
      person({ id: 'ben', sync: 'synced', positionMs: 2 }),
      person({ id: 'cleo', sync: 'stalled', positionMs: 3 }),
      person({ id: 'dora', sync: 'desynced', positionMs: null }),
    ];
    expect(stragglers(people, 'ada').map(({ id }) => id)).toEqual(['cleo']);
  });
});
