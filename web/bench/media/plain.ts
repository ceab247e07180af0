/** What somebody would write who makes the same three qualities with FFmpeg and nothing else. */
import { type Film, FRAMES_PER_SECOND } from './films.ts';

/** One quality, with the numbers of docs/settings.md. */
export interface Rung {
  height: number;
  maxKbps: number;
  crf: number;
}

export const RUNGS: readonly Rung[] = [
  { height: 720, maxKbps: 3_000, crf: 22 },
  { height: 480, maxKbps: 1_500, crf: 23 },
  { height: 360, maxKbps: 800, crf: 24 },
];

/** A run for one quality; its playlist is `{name}-{height}.m3u8`. */
export function oneOfEach(film: Film, rung: Rung, name = 'plain'): string[] {
  return ['-i', film.path, ...output(rung, name)];
}

/** One run for all of them: decoded once, each scaled from the full size and with a sound of its own. */
export function oneOfAll(film: Film): string[] {
  return ['-i', film.path, ...RUNGS.flatMap((rung) => output(rung, 'together'))];
}

function output({ height, maxKbps, crf }: Rung, name: string): string[] {
  const group = `${2 * FRAMES_PER_SECOND}`;
  return [
    ...['-map', '0:v:0', '-map', '0:a:0', '-vf', `scale=-2:${height}`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', `${crf}`],
    ...['-maxrate', `${maxKbps}k`, '-bufsize', `${2 * maxKbps}k`],
    ...['-g', group, '-keyint_min', group, '-sc_threshold', '0'],
    ...['-c:a', 'aac', '-b:a', '128k', '-ac', '2'],
    ...['-f', 'hls', '-hls_time', '6', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'],
    ...['-hls_fmp4_init_filename', `${name}-${height}.mp4`, '-hls_segment_filename', `${name}-${height}-%05d.m4s`],
    `${name}-${height}.m3u8`,
  ];
}
