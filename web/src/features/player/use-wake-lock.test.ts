import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { showTab } from '@/test/page-visibility';
import { useWakeLock } from './use-wake-lock';

const release = vi.fn(() => Promise.resolve());
const request = vi.fn(() => Promise.resolve({ release }));

beforeEach(() => {
  request.mockClear();
  release.mockClear();
  Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
});
afterEach(() => void Reflect.deleteProperty(navigator, 'wakeLock'));

// SYNC-15
it('the screen stays on while the film moves, and may go off when it stands', async () => {
  const { rerender } = renderHook(({ moves }) => useWakeLock(moves), { initialProps: { moves: true } });
  expect(request).toHaveBeenCalledTimes(1);
  rerender({ moves: false });
  await vi.waitFor(() => expect(release).toHaveBeenCalledTimes(1));
});

// SYNC-15
it('the lock, which falls with a hidden tab, is taken again when the tab is back', () => {
  renderHook(() => useWakeLock(true));
  showTab(false);
  expect(request).toHaveBeenCalledTimes(1);
  showTab(true);
  expect(request).toHaveBeenCalledTimes(2);
});
