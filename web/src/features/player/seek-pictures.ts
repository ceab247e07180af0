/** The pictures for the seek bar: tiles of larger images, each for a stretch of the film (TRN-8). */

import type { MediaTime } from '@/api/generated/protocol';
import { parseVtt } from '@/lib/vtt';

export type SeekPicture = {
  startMs: MediaTime;
  endMs: MediaTime;
  url: string;
  x: number;
  y: number;
  width: number;
  height: number;
};

const TILE = /^(.+)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/u;

/** Names in the file stand relative to it, so that one signature is good for it and for its images. */
export function parseSeekPictures(file: string, address: string): SeekPicture[] {
  return parseVtt(file).flatMap(({ startMs, endMs, text }) => {
    const [, name = '', ...numbers] = TILE.exec(text.trim()) ?? [];
    const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
    return width > 0 && height > 0 ? [{ startMs, endMs, url: new URL(name, address).href, x, y, width, height }] : [];
  });
}

export function pictureAt(pictures: readonly SeekPicture[], positionMs: MediaTime): SeekPicture | null {
  // The very end of the film is still its last picture.
  return pictures.find(({ startMs, endMs }) => startMs <= positionMs && positionMs < endMs) ?? pictures.at(-1) ?? null;
}
