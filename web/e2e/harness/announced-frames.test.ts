import { expect, test } from 'vitest';
import { announcedFrames, type Reading } from './announced-frames.ts';

/** Frame `n` is called out at its moment, or a refresh before it. */
const reading = (n: number, { early = false, frame = n }): Reading => {
  const announced = n * 40;
  return { frame, mediaTime: n / 25, announced, readAt: early ? announced - 16 : announced + 1 };
};
const evens = (n: number) => n % 2 === 0;
const numbers = Array.from({ length: 50 }, (_, n) => n);

// QA-2
test('a picture that was read before its frame was lit counts as the announced frame', () => {
  const readings = numbers.map((n) => reading(n, evens(n) ? { early: true, frame: n - 1 } : {}));
  expect(announcedFrames(readings, 25).map(({ frame }) => frame)).toEqual(numbers);
});

// QA-2
test('a picture that came early is left as it is', () => {
  const readings = numbers.map((n) => reading(n, { early: evens(n) }));
  expect(announcedFrames(readings, 25)).toEqual(readings);
});

// QA-2
test('a film whose pictures are two frames beside its media time is still seen two frames beside', () => {
  const readings = numbers.map((n) => reading(n, evens(n) ? { early: true, frame: n + 1 } : { frame: n + 2 }));
  expect(announcedFrames(readings, 25).map(({ frame }) => frame)).toEqual(numbers.map((n) => n + 2));
});

// QA-2
test('a picture that stood still while the film was announced to go on is not set right', () => {
  const readings = numbers.map((n) => reading(n, { frame: Math.min(n, 20) }));
  expect(announcedFrames(readings, 25)).toEqual(readings);
});

// QA-2
test('where every frame is announced for the next refresh, each picture counts as it is', () => {
  const readings = numbers.map((n) => reading(n, { early: true }));
  expect(announcedFrames(readings, 25)).toEqual(readings);
});

// QA-2
test('a few calls that came late, with the next picture already there, do not put all others a frame on', () => {
  const late = (n: number) => n % 10 === 3;
  const readings = numbers.map((n) => reading(n, late(n) ? { frame: n + 1 } : { early: true }));
  expect(announcedFrames(readings, 25)).toEqual(readings);
});
