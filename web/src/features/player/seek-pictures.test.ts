import { expect, test } from 'vitest';
import { parseSeekPictures, pictureAt } from './seek-pictures';

const FILE = `WEBVTT

00:00:00.000 --> 00:00:10.000
sheet-1.jpg#xywh=0,0,160,90

00:00:10.000 --> 00:00:20.000
sheet-1.jpg#xywh=160,0,160,90

00:00:20.000 --> 00:00:27.400
sheet-2.jpg#xywh=0,0,160,90
`;
const pictures = parseSeekPictures(FILE, 'http://host/media/v/1/sig/sprites/index.vtt');

// TRN-8
test('each stretch of the film has its tile, found beside the file that names it', () => {
  expect(pictureAt(pictures, 12_000)).toEqual({
    startMs: 10_000,
    endMs: 20_000,
    url: 'http://host/media/v/1/sig/sprites/sheet-1.jpg',
    x: 160,
    y: 0,
    width: 160,
    height: 90,
  });
  expect(pictureAt(pictures, 0)?.x).toBe(0);
});

// TRN-8
test('the end of the film shows its last picture', () => {
  expect(pictureAt(pictures, 27_400)?.url).toMatch(/sheet-2/);
  expect(pictureAt(pictures, 99_000)?.url).toMatch(/sheet-2/);
});

// TRN-8
test('a file without pictures has none', () => {
  expect(parseSeekPictures('WEBVTT\n\n00:00.000 --> 00:01.000\njust text', 'http://host/')).toEqual([]);
  expect(parseSeekPictures('WEBVTT\n\n00:00.000 --> 00:01.000\na.jpg#xywh=0,0,0,0', 'http://host/')).toEqual([]);
  expect(pictureAt([], 0)).toBeNull();
});
