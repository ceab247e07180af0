import { expect, test } from 'vitest';
import { atTheRate } from './at-the-rate.ts';

const first = { ssim: 0.98, kbps: 1_000 };
const second = { ssim: 0.99, kbps: 2_000 };

test('at the rates that were tried an encoder is as good as it was', () => {
  expect(atTheRate(1_000, first, second)).toBeCloseTo(0.98, 9);
  expect(atTheRate(2_000, first, second)).toBeCloseTo(0.99, 9);
});

test('half-way in the logarithm of the rate it is half-way in decibels', () => {
  expect(1 - atTheRate(1_000 * Math.SQRT2, first, second)).toBeCloseTo(Math.sqrt(0.02 * 0.01), 9);
});

test('two runs into the same limit leave one quality to compare with', () => {
  expect(atTheRate(1_010, first, { ssim: 0.9801, kbps: 1_000.1 })).toBe(0.98);
});
