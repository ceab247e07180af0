import { expect, test } from 'vitest';
import { retryDelay } from './back-off';

// UPL-1, SYNC-7
test('tries come quickly at first, at most every half minute later, and spread', () => {
  expect(retryDelay(0, 0.5)).toBe(500);
  expect(retryDelay(3, 0.5)).toBe(4000);
  expect(retryDelay(50, 0.5)).toBe(30_000);
  expect(retryDelay(50, 0.5, 8_000)).toBe(8_000);
  expect(retryDelay(3, 0)).toBe(3000);
  expect(retryDelay(3, 1)).toBe(5000);
});
