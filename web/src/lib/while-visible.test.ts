import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { showTab } from '@/test/page-visibility';
import { everyWhileVisible } from './while-visible';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

// SYNC-15
it('rests while nobody sees the page, and is up to date when somebody does', () => {
  const act = vi.fn();
  const stop = everyWhileVisible(1_000, act);
  vi.advanceTimersByTime(2_500);
  expect(act).toHaveBeenCalledTimes(3);
  showTab(false);
  vi.advanceTimersByTime(60_000);
  expect(act).toHaveBeenCalledTimes(3);
  showTab(true);
  expect(act).toHaveBeenCalledTimes(4);
  stop();
  vi.advanceTimersByTime(60_000);
  showTab(true);
  expect(act).toHaveBeenCalledTimes(4);
});
