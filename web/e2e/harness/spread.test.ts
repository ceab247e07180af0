import { expect, test } from 'vitest';
import { barcode, barcodePixels, readBarcode } from '../films/barcode.ts';
import { spread } from './spread.ts';

const film = (start: number, count: number, offset: number) =>
  Array.from({ length: count }, (_, i) => ({ frame: i, at: start + i * 40 + offset }));

// QA-2
test('a screen that is 30 ms behind is seen as 30 ms behind', () => {
  const result = spread(film(1000, 100, 0), film(1000, 100, 30), 25);
  expect(result.lean).toBeCloseTo(30);
  expect(result.p95).toBeCloseTo(30);
  expect(result.within(29)).toBe(0);
  expect(result.within(31)).toBe(1);
});

// QA-2
test('a screen that stands still falls behind by the time that passes', () => {
  const moving = film(0, 50, 0);
  const frozen = moving.map(({ at }) => ({ at: at + 1, frame: 0 }));
  expect(spread(moving, frozen, 25).max).toBeGreaterThan(1800);
});

// QA-2
test('nothing is assumed about a screen over a gap in its frames', () => {
  const second = film(0, 100, 0).filter(({ frame }) => frame < 20 || frame > 60);
  expect(spread(film(0, 100, 5), second, 25).count).toBeLessThan(60);
});

// QA-1
test('every number that fits into the barcode is read back, and a damaged one is refused', () => {
  for (let frame = 0; frame < 4096; frame++) expect(readBarcode(barcode(frame))).toBe(frame);
  const damaged = barcode(1234).map((cell, i) => (i === 5 ? !cell : cell));
  expect(readBarcode(damaged)).toBeNull();
  expect(barcodePixels(0)).toHaveLength(32);
  expect(() => barcode(4096)).toThrow(RangeError);
});
