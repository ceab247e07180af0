import { describe, expect, it } from 'vitest';
import { KeeperTime } from './keeper-time';

describe('the difference between the clocks of page and worker', () => {
  // SYNC-8
  it('is what the browser tells, as long as that can be', () => {
    const time = new KeeperTime();
    time.compared(100, 40.6, 101, -60);
    expect(time.aheadMs).toBe(-60);
  });

  // SYNC-8
  it('is measured where the browser tells nonsense, the better the more often', () => {
    const time = new KeeperTime();
    time.compared(100, 40.6, 110, 12_000);
    time.compared(200, 140.1, 200.4, 12_000);
    expect(time.aheadMs).toBeCloseTo(-60.1, 0);
    time.compared(300, 239.9, 300.2, 12_000);
    expect(Math.abs(time.aheadMs + 60)).toBeLessThan(0.3);
  });
});
