import { describe, expect, it } from 'vitest';
import { randomFrom } from '@/test/random';
import { backOffMs } from './back-off';

describe('the wait before the next try', () => {
  // SYNC-7
  it('lies between 0.25 s and 30 s, whatever the attempt', () => {
    const random = randomFrom(1);
    for (let attempt = 1; attempt < 60; attempt += 1) {
      const wait = backOffMs(attempt, random());
      expect(wait).toBeGreaterThanOrEqual(250);
      expect(wait).toBeLessThanOrEqual(30_000);
    }
  });

  // SYNC-7, UPL-1
  it('may be twice as long after each failure, and is spread over all of it', () => {
    expect([1, 2, 3, 4].map((attempt) => backOffMs(attempt, 0.999))).toEqual([500, 999, 1998, 3996]);
    expect(backOffMs(20, 0)).toBe(250);
    expect(backOffMs(20, 0.5)).toBe(15_125);
  });

  // SYNC-7
  it('is spread from the first try on, without a moment at which many come at once', () => {
    const tenths = Array.from({ length: 10 }, (_, n) => n / 10);
    for (const attempt of [1, 2, 3]) expect(new Set(tenths.map((chance) => backOffMs(attempt, chance))).size).toBe(10);
  });

  // WEB-7
  it('is at most what the caller allows', () => {
    expect(backOffMs(50, 0.999, 8_000)).toBe(7_992);
  });
});
