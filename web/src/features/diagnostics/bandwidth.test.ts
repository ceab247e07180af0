import { expect, test } from 'vitest';
import { bandwidthOf } from './bandwidth';

const load = (from: number, to: number, bytes = 125_000) => ({ from, to, bytes });

// WEB-6
test('the bandwidth is what came while something was fetched, and pauses do not count', () => {
  expect(bandwidthOf([load(0, 500), load(10_000, 10_500)])).toBe(2_000_000);
});

// WEB-6
test('time in which picture and sound are fetched beside each other counts once', () => {
  expect(bandwidthOf([load(0, 1_000), load(500, 1_000), load(500, 1_500)])).toBe(2_000_000);
});

// WEB-6
test('nothing is told from pieces that are too small to tell it', () => {
  expect(bandwidthOf([])).toBeNull();
  expect(bandwidthOf([load(0, 500, 2_000)])).toBeNull();
});

// WEB-6
test('the last pieces count, not those of a line that was', () => {
  const slow = Array.from({ length: 30 }, (_, i) => load(i * 1_000, i * 1_000 + 900));
  const fast = Array.from({ length: 20 }, (_, i) => load(60_000 + i * 1_000, 60_000 + i * 1_000 + 100));
  expect(bandwidthOf([...slow, ...fast])).toBe(10_000_000);
});
