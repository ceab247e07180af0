/** The films that are measured with, made by FFmpeg from nothing and kept under target/fixtures. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ffmpeg } from './ffmpeg.ts';

/** How much is measured. */
export interface Scale {
  name: 'full' | 'tiny';
  /** Length of the film that costs the most to encode. */
  filmSeconds: number;
  /** Lengths of the films whose first picture is waited for. */
  minutes: readonly number[];
  /** How often what is compared takes its turn. */
  rounds: number;
}

export interface Film {
  path: string;
  bytes: number;
  seconds: number;
}

/** `standard` has a keyframe every 2 s, so that its picture is copied; `sparse` one in 25 s, so that all of it is encoded. */
export type Keyframes = 'standard' | 'sparse';

export const FRAMES_PER_SECOND = 24;

const folder = fileURLToPath(new URL('../../../target/fixtures/bench-media/', import.meta.url));
const KEYFRAME_SECONDS: Record<Keyframes, number> = { standard: 2, sparse: 25 };
const HARD_KBPS = 8_000;
/** Small, because some of these films last three hours. */
const LONG_KBPS = 900;

export class Films {
  constructor(readonly scale: Scale) {}

  /** 1080p with sound at 8 Mbit/s, hard to encode: everything moves and nothing is smooth. */
  hard(keyframes: Keyframes): Promise<Film> {
    return picture(`hard-${keyframes}`, this.scale.filmSeconds, keyframes, HARD_KBPS);
  }

  /** That film so many times in a row. */
  async longer(keyframes: Keyframes, times: number): Promise<Film> {
    return repeated(await this.hard(keyframes), times, `hard-${keyframes}`);
  }

  /** So many minutes of 1080p with sound at 1 Mbit/s: one minute again and again. */
  async long(keyframes: Keyframes, minutes: number): Promise<Film> {
    const seconds = Math.min(60, minutes * 60);
    const once = await picture(`long-${keyframes}`, seconds, keyframes, LONG_KBPS);
    return repeated(once, (minutes * 60) / seconds, `long-${keyframes}`);
  }

  /** The same film in another container, with its index in front. */
  async inContainer(film: Film, ending: 'mp4' | 'mkv'): Promise<Film> {
    const flags = ending === 'mp4' ? ['-movflags', '+faststart'] : [];
    const args = ['-i', film.path, '-map', '0', '-c', 'copy', ...flags];
    return made(`in-container-${film.seconds}`, ending, film.seconds, args);
  }
}

async function repeated(film: Film, times: number, name: string): Promise<Film> {
  const args = ['-stream_loop', `${times - 1}`, '-i', film.path, '-map', '0', '-c', 'copy', '-movflags', '+faststart'];
  return times === 1 ? film : made(`${name}-${times}-times`, 'mp4', film.seconds * times, args);
}

/** A slow dive into a fractal below wandering colours, with the grain of a camera over it. */
function picture(name: string, seconds: number, keyframes: Keyframes, kbps: number): Promise<Film> {
  const rate = FRAMES_PER_SECOND;
  const group = `${KEYFRAME_SECONDS[keyframes] * rate}`;
  const graph = [
    '[0:v]scale=1920:1080:flags=bicubic,format=yuv420p[deep]',
    '[1:v]scroll=horizontal=0.003:vertical=0.001,scale=1920:1080:flags=bicubic,format=yuv420p[wide]',
    '[deep][wide]blend=all_mode=average,noise=all_seed=7:alls=5:allf=t,format=yuv420p[picture]',
  ];
  return made(name, 'mp4', seconds, [
    ...['-f', 'lavfi', '-i', `mandelbrot=size=960x540:rate=${rate}:maxiter=400:end_pts=${rate * 60}`],
    ...['-f', 'lavfi', '-i', `testsrc2=size=960x540:rate=${rate}`],
    ...['-f', 'lavfi', '-i', 'anoisesrc=colour=pink:amplitude=0.2:sample_rate=48000:seed=7'],
    ...['-filter_complex', graph.join(';'), '-map', '[picture]', '-map', '2:a', '-t', `${seconds}`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-b:v', `${kbps}k`],
    ...['-maxrate', `${kbps * 1.25}k`, '-bufsize', `${kbps * 2}k`],
    ...['-g', group, '-keyint_min', group, '-sc_threshold', '0', '-flags', '+cgop'],
    ...['-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-movflags', '+faststart'],
  ]);
}

/** The film from the cache, which knows it by everything that FFmpeg is told. */
async function made(name: string, ending: string, seconds: number, args: readonly string[]): Promise<Film> {
  const recipe = createHash('sha256').update(JSON.stringify(args)).digest('hex').slice(0, 8);
  const file = `${folder}${name}-${seconds}s-${recipe}.${ending}`;
  if (!existsSync(file)) {
    await mkdir(folder, { recursive: true });
    const unfinished = `${file}.${process.pid}.tmp`;
    const format = ending === 'mkv' ? 'matroska' : ending;
    process.stdout.write(`  making ${name} of ${seconds} s\n`);
    await ffmpeg([...args, '-f', format, unfinished]).catch(async (error) => {
      await rm(unfinished, { force: true });
      throw error;
    });
    await rename(unfinished, file);
  }
  return { path: file, bytes: (await stat(file)).size, seconds };
}
