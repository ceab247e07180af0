/** Reads the numbers of the frames that a page really shows, with the moment at which each is on the screen. */
import type { Page } from 'playwright-core';
import { engineOf } from '../../src/players/engine.ts';
import { layout, readBarcode } from '../films/barcode.ts';
import { announcedFrames, type Reading } from './announced-frames.ts';

/** One frame that was on the screen. */
export interface SeenFrame {
  /** Its number, from the picture. */
  frame: number;
  /**
   * When its pixels were lit, in milliseconds of the browser's own wall clock: the moment that the browser announced, and what
   * its engine is known to be wrong by.
   */
  at: number;
  /** The moment that the browser announced, as it is. */
  announced: number;
}

/** What the page itself collects: the grey of the middle of each cell. Decoding is done here, where it is tested. */
interface FrameReader {
  now(): number[];
  seen: (Omit<Reading, 'frame'> & { grey: number[] })[];
}

declare global {
  interface Window {
    frameReader?: FrameReader;
  }
}

/** Starts to record the frames of the page's only video, from now on. A page that loads anew has to be told again. */
export async function recordFrames(page: Page): Promise<void> {
  await page.evaluate(({ cells, height }) => {
    const video = document.querySelector('video');
    if (!video) throw new Error('there is no video on this page');
    const size = 8;
    const canvas = new OffscreenCanvas(cells * size, 2 * size);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('there is no canvas in this browser');

    const middleOfCell = (pixels: Uint8ClampedArray, column: number, row: number): number => {
      const pixel = (row * size + size / 2) * canvas.width + column * size + size / 2;
      return pixels[pixel * 4 + 1] ?? 0;
    };
    const reader: FrameReader = {
      seen: [],
      now() {
        const { videoWidth, videoHeight } = video;
        context.drawImage(video, 0, 0, videoWidth, videoHeight * height, 0, 0, canvas.width, canvas.height);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        return Array.from({ length: 2 * cells }, (_, i) => middleOfCell(data, i % cells, Math.floor(i / cells)));
      },
    };
    const read = (_now: number, metadata: VideoFrameCallbackMetadata): void => {
      if (window.frameReader !== reader) return;
      video.requestVideoFrameCallback(read);
      const readAt = performance.timeOrigin + performance.now();
      const announced = performance.timeOrigin + metadata.expectedDisplayTime;
      reader.seen.push({ announced, readAt, mediaTime: metadata.mediaTime, grey: reader.now() });
    };
    window.frameReader = reader;
    video.requestVideoFrameCallback(read);
  }, layout);
}

/** The frames seen since the last call, and how many could not be read. */
export async function takeFrames(
  page: Page,
  framesPerSecond: number,
): Promise<{ frames: SeenFrame[]; unreadable: number }> {
  const { seen, userAgent } = await page.evaluate(() => ({
    seen: window.frameReader?.seen.splice(0) ?? [],
    userAgent: navigator.userAgent,
  }));
  const { displayOffsetMs } = engineOf(userAgent);
  const readings = seen.flatMap(({ grey, ...rest }) => {
    const frame = frameOf(grey);
    return frame === null ? [] : [{ ...rest, frame }];
  });
  const frames = announcedFrames(readings, framesPerSecond).map(({ frame, announced }) => ({
    frame,
    at: announced + displayOffsetMs,
    announced,
  }));
  return { frames, unreadable: seen.length - frames.length };
}

/** The number of the frame that the page shows at this moment, standing or moving; `null` when none can be read. */
export async function frameNow(page: Page): Promise<number | null> {
  const grey = await page.evaluate(() => window.frameReader?.now());
  if (!grey) throw new Error('the page was not told to record its frames');
  return frameOf(grey);
}

/** Each cell is compared with its inverse below it; a difference this small is neither black nor white. */
const CONTRAST = 80;

/** The number in the grey of the middle of each cell, row after row; `null` when it cannot be read. */
export function frameOf(grey: readonly number[]): number | null {
  const differences = Array.from({ length: layout.cells }, (_, i) => (grey[i] ?? 0) - (grey[i + layout.cells] ?? 0));
  if (differences.some((difference) => Math.abs(difference) < CONTRAST)) return null;
  return readBarcode(differences.map((difference) => difference > 0));
}
