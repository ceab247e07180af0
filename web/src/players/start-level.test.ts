import { expect, test } from 'vitest';
import { AUTOMATIC, startLevel } from './start-level';

const LEVELS = [
  { height: 360, bitrate: 900_000 },
  { height: 480, bitrate: 1_700_000 },
  { height: 720, bitrate: 3_200_000 },
];

// TRN-3
test('a film in the making begins with the smallest quality that is there', () => {
  expect(startLevel(LEVELS, [720])).toBe(2);
  expect(startLevel(LEVELS, [720, 480])).toBe(1);
});

// TRN-3
test('a film of which all qualities are there, or none is known of, is left to the player', () => {
  expect(startLevel(LEVELS, [360, 480, 720])).toBe(AUTOMATIC);
  expect(startLevel(LEVELS, [])).toBe(AUTOMATIC);
  expect(startLevel(LEVELS, [1080])).toBe(AUTOMATIC);
});
