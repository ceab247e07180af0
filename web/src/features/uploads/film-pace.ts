/** How fast a film gets on, from what the server says of it every few seconds. Pure: the time comes with each reading. */

import type { VideoView } from '@/api/generated/protocol';
import { type RateMeter, readMeter, startMeter } from './rate-meter';

/** The present phase measured in bytes of the file, whether they arrive or are worked through. */
export interface Pace {
  status: VideoView['status'];
  meter: RateMeter;
}

export type FilmPace =
  | { kind: 'arriving'; bytesPerSecond: number }
  /** So many times as fast as the film plays. */
  | { kind: 'made'; times: number };

type Told = Pick<VideoView, 'status' | 'progress' | 'sizeBytes' | 'durationMs'>;

export function readPace(before: Pace | null, film: Told, nowMs: number): Pace {
  const done = film.progress * film.sizeBytes;
  const meter = before?.status === film.status ? readMeter(before.meter, nowMs, done) : startMeter(nowMs, done);
  return { status: film.status, meter };
}

/** Nothing while the film does not move, or was not seen moving yet. */
export function paceOf(pace: Pace | null, { status, sizeBytes, durationMs }: Told): FilmPace | null {
  const bytesPerSecond = pace?.status === status ? pace.meter.bytesPerSecond : undefined;
  if (!bytesPerSecond) return null;
  if (status === 'uploading') return { kind: 'arriving', bytesPerSecond };
  if (status !== 'processing' || !durationMs || sizeBytes === 0) return null;
  return { kind: 'made', times: (bytesPerSecond / sizeBytes) * (durationMs / 1000) };
}
