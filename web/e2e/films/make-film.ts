/** Films for tests, made by FFmpeg from a description and kept in a cache outside the tree. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { barcodePixels, layout } from './barcode.ts';
import { landscape, size } from './landscape.ts';

/** What a test wants to know about the film it plays. */
export interface Film {
  /** Where the file lies. */
  path: string;
  /** Frames a second; frame `n` belongs at `n / rate`. */
  rate: number;
  /** Its length in seconds. */
  seconds: number;
}

/** What kind of film to make. */
export interface FilmRequest {
  /** The file's name, without an ending. */
  name: string;
  /** Its length in seconds. */
  seconds: number;
  /** Puts the index in front of the media, as for the web; otherwise it lies at the end, as cameras leave it. */
  faststart: boolean;
  /** What is to be seen: each frame's number, or a landscape. */
  picture: 'numbered' | 'landscape';
  /** Lines of the picture; 1080 when nothing is said. */
  height?: number;
  /** Makes the file this large by filling the picture up to a constant rate; as small as it comes without. */
  bytes?: number;
}

const RATE = 25;
const FULL_HEIGHT = 1080;

/** The film of that description, from the cache if it was made before. */
export async function makeFilm(request: FilmRequest): Promise<Film> {
  const { name, seconds, picture } = request;
  const frames = seconds * RATE;
  const input = picture === 'numbered' ? () => barcodes(frames) : () => landscape(frames, RATE);
  const file = await cached(name, () => ({ arguments: encoding(request), input: input() }));
  return { path: file, rate: RATE, seconds };
}

function* barcodes(frames: number): Generator<Uint8Array> {
  for (let frame = 0; frame < frames; frame++) yield barcodePixels(frame);
}

/** A film several times in a row, without encoding it again. */
export async function repeatFilm(film: Film, name: string, times: number): Promise<Film> {
  const copying = ['-stream_loop', `${times - 1}`, '-i', film.path, '-c', 'copy', '-movflags', '+faststart'];
  const file = await cached(name, () => ({ arguments: copying, input: [] }));
  return { path: file, rate: film.rate, seconds: film.seconds * times };
}

/** What FFmpeg is called with, and what it reads from its standard input. */
interface Recipe {
  arguments: string[];
  input: Iterable<Uint8Array>;
}

async function cached(name: string, recipe: () => Recipe): Promise<string> {
  const folder = path.join(cacheFolder(), recipeHash());
  const file = path.join(folder, `${name}.mp4`);
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}.tmp`;
  await runFfmpeg(recipe(), unfinished).catch(async (error) => {
    await rm(unfinished, { force: true });
    throw error;
  });
  // Renamed when complete: a run that is stopped half-way leaves nothing that looks like a film.
  await rename(unfinished, file);
  return file;
}

function cacheFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'syncwatch-fixtures');
}

/** Changes whenever a film made by this code would look different. */
function recipeHash(): string {
  const hash = createHash('sha256');
  for (const source of ['make-film.ts', 'barcode.ts', 'landscape.ts'])
    hash.update(readFileSync(new URL(source, import.meta.url)));
  return hash.digest('hex').slice(0, 16);
}

async function runFfmpeg(recipe: Recipe, target: string): Promise<void> {
  const args = ['-v', 'error', '-nostdin', '-y', ...recipe.arguments, '-f', 'mp4', target];
  const ffmpeg = spawn('ffmpeg', args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let complaints = '';
  ffmpeg.stderr.on('data', (text) => {
    complaints += text;
  });
  // FFmpeg may end before it has read everything; its exit code and its words tell why, not the broken pipe.
  ffmpeg.stdin.on('error', () => undefined);
  Readable.from(recipe.input).pipe(ffmpeg.stdin);
  const [code] = await once(ffmpeg, 'close');
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}:\n${complaints}`);
}

function encoding(request: FilmRequest): string[] {
  const { seconds } = request;
  return [
    ...(request.picture === 'numbered' ? numbered(seconds) : raw('rgb24', size.width, size.height)),
    ...['-filter_complex', `${filterOf(request)};${beeps(seconds)}`, '-map', '[picture]', '-map', '[sound]'],
    ...['-c:v', 'libx264', '-preset', 'superfast', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    ...quality(request),
    // Closed groups of exactly two seconds, so that the film can be cut and copied without re-encoding.
    ...['-g', `${2 * RATE}`, '-keyint_min', `${2 * RATE}`, '-sc_threshold', '0', '-flags', '+cgop'],
    ...['-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-shortest'],
    ...(request.faststart ? ['-movflags', '+faststart'] : []),
  ];
}

function raw(format: string, width: number, height: number): string[] {
  return ['-f', 'rawvideo', '-pix_fmt', format, '-s', `${width}x${height}`, '-r', `${RATE}`, '-i', 'pipe:0'];
}

function numbered(seconds: number): string[] {
  // Small and scaled up: a full-size gradient would take longer to compute than to encode.
  const background = `gradients=s=480x270:r=${RATE}:d=${seconds}:speed=0.02:seed=7:n=4`;
  return [...raw('gray', layout.cells, 2), '-f', 'lavfi', '-i', background];
}

const beeps = (seconds: number): string =>
  `aevalsrc='0.4*sin(2*PI*880*t)*lt(mod(t,1),0.08)':s=48000:c=stereo:d=${seconds}[sound]`;

function filterOf({ picture, height = FULL_HEIGHT }: FilmRequest): string {
  const width = (height * 16) / 9;
  const full = `scale=${width}:${height}:flags=bicubic,format=yuv420p`;
  if (picture === 'landscape') return `[0:v]${full}[picture]`;
  const words = `drawtext=text='frame %{frame_num}  %{pts\\:hms}':fontsize=${height / 11.25}:fontcolor=white:x=(w-tw)/2:y=h*0.6`;
  return [
    `[0:v]scale=${width}:${height * layout.height}:flags=neighbor,format=yuv420p[code]`,
    `[1:v]${full},${words}[back]`,
    '[back][code]overlay=0:0:shortest=1[picture]',
  ].join(';');
}

function quality({ bytes, seconds }: FilmRequest): string[] {
  if (bytes === undefined) return ['-crf', '24'];
  const kilobits = `${Math.round((bytes * 8) / seconds / 1000)}k`;
  const constant = ['-b:v', kilobits, '-minrate', kilobits, '-maxrate', kilobits, '-bufsize', kilobits];
  return [...constant, '-x264-params', 'nal-hrd=cbr:filler=1'];
}
