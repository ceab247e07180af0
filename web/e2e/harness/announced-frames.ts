/** Which frame a browser announced, when the picture that was read with its announcement may be another. */
import { quantileOf } from './spread.ts';

/** What one frame callback gave. Moments are of one clock. */
export interface Reading {
  /** The number in the picture. */
  frame: number;
  /** The announced frame's place in the film by the browser's word, in seconds. */
  mediaTime: number;
  /** When the announced frame is to be seen. */
  announced: number;
  /** When the picture was read. */
  readAt: number;
}

/**
 * Of all readings, so many must have been read when their moment had come before they decide. Fewer are callbacks that came
 * late, in a browser that announces its frames ahead, and found the next picture.
 */
const DECIDING_SHARE = 0.2;

/**
 * Firefox 153 calls up to one refresh before a frame is lit and in up to half of its calls still hands out the picture before
 * it, which would put every second frame 40 ms beside its moment. Such a reading counts as the frame that was announced.
 * Pictures decide what a media time is in numbers: those that were read when their moment had come. So a film
 * that is shifted by its conversion is still seen as shifted.
 */
export function announcedFrames(readings: readonly Reading[], framesPerSecond: number): Reading[] {
  const due = readings.filter(isDue);
  // Chromium announces every frame for the next refresh and always hands out the announced one.
  const deciding = due.length >= readings.length * DECIDING_SHARE ? due : readings;
  const shifts = deciding.map(({ frame, mediaTime }) => frame - mediaTime * framesPerSecond);
  const shift = quantileOf(shifts, 0.5);
  return readings.map((reading) => {
    const meant = Math.round(reading.mediaTime * framesPerSecond + shift);
    return !isDue(reading) && reading.frame === meant - 1 ? { ...reading, frame: meant } : reading;
  });
}

const isDue = ({ announced, readAt }: Reading): boolean => readAt >= announced;
