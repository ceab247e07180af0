import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClockLane } from './clock-lane';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A lane whose two clocks can be moved apart, as a sleeping computer moves them. */
function lane() {
  const slept = { monotonic: 0, wall: 0 };
  const send = vi.fn();
  const clocks = { monotonic: () => performance.now() + slept.monotonic, wall: () => Date.now() + slept.wall };
  return { lane: new ClockLane(send, clocks), send, slept };
}

/** How many questions are asked in the next seconds. */
async function questions(send: ReturnType<typeof vi.fn>, ms = 1_500): Promise<number> {
  send.mockClear();
  await vi.advanceTimersByTimeAsync(ms);
  return send.mock.calls.length;
}

describe('the questions about the time', () => {
  // SYNC-8
  it('come eight at once after a burst, and then ever more seldom', async () => {
    const { lane: asking, send } = lane();
    asking.burst();
    expect(send).toHaveBeenCalledOnce();
    expect(await questions(send)).toBe(7);
    expect(await questions(send)).toBeLessThanOrEqual(2);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await questions(send)).toBeLessThanOrEqual(1);
    asking.stop();
    expect(await questions(send)).toBe(0);
  });

  // SYNC-8
  it.each([
    { how: 'whose monotonic clock stood', monotonic: 0, wall: 3_600_000 },
    { how: 'whose monotonic clock went on', monotonic: 3_600_000, wall: 3_600_000 },
  ])('come at once again after the sleep of a computer $how', async ({ monotonic, wall }) => {
    const { lane: asking, send, slept } = lane();
    asking.burst();
    await vi.advanceTimersByTimeAsync(30_000);
    slept.monotonic += monotonic;
    slept.wall += wall;
    expect(await questions(send, 4_000)).toBeGreaterThanOrEqual(8);
    asking.stop();
  });
});
