/** Compares encoded films with their source. */
import type { Quality } from './at-the-rate.ts';
import { ffmpeg, ffprobe } from './ffmpeg.ts';
import { type Film, FRAMES_PER_SECOND } from './films.ts';

/** Compares it with the source at its own size, frame by frame; a frame too many or too few is an error. */
export async function qualityOf(encoded: string, height: number, film: Film): Promise<Quality> {
  const sizes = (await ffprobe([...['-select_streams', 'v:0', '-show_entries', 'packet=size'], ...CSV, encoded]))
    .split('\n')
    .map(Number.parseFloat)
    .filter(Number.isFinite);
  const likeness = await frames(encoded, height, film);
  const expected = film.seconds * FRAMES_PER_SECOND;
  for (const count of [sizes.length, likeness.length])
    if (count !== expected) throw new Error(`${encoded} has ${count} frames, its source ${expected}`);
  return {
    ssim: likeness.reduce((sum, value) => sum + value, 0) / expected,
    kbps: (sizes.reduce((sum, size) => sum + size, 0) * 8) / 1000 / film.seconds,
  };
}

const CSV = ['-of', 'csv=p=0'];

async function frames(encoded: string, height: number, film: Film): Promise<number[]> {
  // By number and not by time: the two may begin at different moments, and neither has a gap.
  const number = `settb=1/${FRAMES_PER_SECOND},setpts=N`;
  const graph = `[0:v]${number}[made];[1:v]scale=-2:${height}:flags=bicubic,${number}[source];[made][source]ssim=stats_file=-`;
  const lines = await ffmpeg(['-i', encoded, '-i', film.path, '-lavfi', graph, '-an', '-f', 'null', '/dev/null']);
  return [...lines.matchAll(/ All:([\d.]+) /g)].map(([, value]) => Number(value));
}
