import { expect, test } from 'vitest';
import { readMeter, secondsLeft, startMeter } from './rate-meter';

const MEGABYTE = 1_000_000;

// UPL-1
test('a steady upload shows its rate and the time that is left', () => {
  let meter = startMeter(0, 0);
  for (let second = 1; second <= 10; second += 1) meter = readMeter(meter, second * 1000, second * 2 * MEGABYTE);
  expect(meter.bytesPerSecond).toBeCloseTo(2 * MEGABYTE, -2);
  expect(secondsLeft(60 * MEGABYTE, meter.bytesPerSecond)).toBeCloseTo(30, 0);
});

// UPL-1
test('one burst does not make the number jump', () => {
  let meter = startMeter(0, 0);
  for (let second = 1; second <= 10; second += 1) meter = readMeter(meter, second * 1000, second * MEGABYTE);
  meter = readMeter(meter, 10_250, 12 * MEGABYTE);
  expect(meter.bytesPerSecond).toBeLessThan(2 * MEGABYTE);
});

// UPL-1
test('after going on from an earlier offset the rate is measured anew', () => {
  let meter = readMeter(startMeter(0, 0), 1000, 5 * MEGABYTE);
  meter = readMeter(meter, 2000, 3 * MEGABYTE);
  expect(meter.bytesPerSecond).toBeUndefined();
  expect(secondsLeft(MEGABYTE, meter.bytesPerSecond)).toBeUndefined();
});
