import { describe, expect, test } from 'vitest';
import { cuesAt, parseVtt } from './vtt';

const FILE = `\uFEFFWEBVTT

NOTE made by hand

STYLE
::cue { color: lime }

2
00:00:05.000 --> 00:00:07.500 line:10%
Second
in two lines

00:01.000 --> 00:04.250
First

01:00:00.000 --> 01:00:01.000 line:-2
An hour later`;

describe('a file of subtitles', () => {
  // SRC-6
  test('is read in the order of its times, with or without hours, numbers and notes', () => {
    expect(parseVtt(FILE)).toEqual([
      { startMs: 1_000, endMs: 4_250, text: 'First', top: false },
      { startMs: 5_000, endMs: 7_500, text: 'Second\nin two lines', top: true },
      { startMs: 3_600_000, endMs: 3_601_000, text: 'An hour later', top: false },
    ]);
  });

  // SRC-6
  test('may have any ends of lines', () => {
    expect(parseVtt(FILE.replaceAll('\n', '\r\n'))).toEqual(parseVtt(FILE));
  });

  // SRC-6
  test.each([
    '',
    'WEBVTT',
    'WEBVTT\n\n00:00:01.000 --> 00:00:01.000\nno time',
    'WEBVTT\n\n00:00:02.000 --> 00:00:03.000\n\nno text',
    'WEBVTT\n\n1 --> 2\nno times',
    '<html><body>404</body></html>',
  ])('that holds no cue has none: %j', (file) => {
    expect(parseVtt(file)).toEqual([]);
  });
});

// SRC-6
test('a cue is there from its beginning to just before its end, and several may be at once', () => {
  const cues = parseVtt('WEBVTT\n\n00:01.000 --> 00:04.000\na\n\n00:02.000 --> 00:03.000\nb');
  const texts = (positionMs: number) => cuesAt(cues, positionMs).map(({ text }) => text);
  expect([999, 1_000, 2_000, 2_999, 3_000, 4_000].map(texts)).toEqual([[], ['a'], ['a', 'b'], ['a', 'b'], ['a'], []]);
});
