/** How soon a film can be watched while it is still being uploaded. */
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Program } from '../../e2e/harness/program.ts';
import { until } from '../../e2e/harness/until.ts';
import { Guest } from '../client.ts';
import { atMost, type Figure, noted } from '../figure.ts';
import type { Film, Films } from './films.ts';
import { firstSegment } from './playlists.ts';
import { filmIs, type Sent, withProgram } from './transcode.ts';

const MIB = 2 ** 20;
const CHUNK_BYTES = 4 * MIB;
/** A good line at home: fast enough to stay ahead of the film, slow enough that there is a long way to go. */
const BYTES_PER_SECOND = 4 * MIB;
/** So much of a film has to be there before anything is promised. */
const ENOUGH_BYTES = 32 * MIB;

export async function uploading(films: Films): Promise<Figure[]> {
  const film = await films.hard('standard');
  const figures: Figure[] = [];
  for (const ending of ['mkv', 'mp4'] as const) {
    const name = ending === 'mkv' ? 'MKV' : 'faststart MP4';
    const inContainer = await films.inContainer(film, ending);
    figures.push(await withProgram((program) => watchedWhileSent(program, inContainer, name)));
  }
  return figures;
}

async function watchedWhileSent(program: Program, film: Film, name: string): Promise<Figure> {
  // Films of a few seconds are smaller than that; only whether everything runs is of interest with them.
  const enough = Math.min(ENOUGH_BYTES, film.bytes / 4);
  const guest = await Guest.arrive(program.url);
  const { id, location } = await guest.announce(film.path, film.bytes);
  const sent = { guest, id };
  const upload = slowly(guest, location, film, enough);
  const seen = upload.enough.then(() => watched({ ...sent, lastByte: Number.NaN }, program));
  // Whichever fails first says why; the other must not end the program beside it.
  const [enoughAt, lastByte, seenAt] = await Promise.all([upload.enough, upload.whole, seen]);
  const seconds = (seenAt - enoughAt) / 1000;
  const what = `a ${name} can be watched while it is uploaded, after its first ${Math.round(enough / MIB)} MiB`;
  const figure = atMost(5, 's', what, seconds);
  if (seenAt < lastByte) return noted(figure, `${((lastByte - seenAt) / 1000).toFixed(1)} s before its last byte`);
  return { ...noted(figure, 'not until the last byte'), ok: false };
}

async function watched(sent: Sent, program: Program): Promise<number> {
  await filmIs('can be watched', sent, 600_000, ({ playable }) => playable, 50);
  await until('its first segment is there', 60_000, () => firstSegment(program, sent), 50);
  return performance.now();
}

/** Sends a film in chunks; the moments at which enough of it and all of it was acknowledged. */
function slowly(
  guest: Guest,
  location: string,
  film: Film,
  enough: number,
): { enough: Promise<number>; whole: Promise<number> } {
  let reached: (moment: number) => void = () => undefined;
  let failed: (error: unknown) => void = () => undefined;
  const arrived = new Promise<number>((resolve, reject) => {
    [reached, failed] = [resolve, reject];
  });
  const run = async (): Promise<number> => {
    const file = await open(film.path);
    const began = performance.now();
    try {
      for (let offset = 0; offset < film.bytes; offset += CHUNK_BYTES) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, offset);
        const due = began + (offset / BYTES_PER_SECOND) * 1000;
        await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
        await guest.send(location, Readable.from([buffer.subarray(0, bytesRead)]), bytesRead, offset);
        if (offset + bytesRead >= enough) reached(performance.now());
      }
      return performance.now();
    } catch (error) {
      failed(error);
      throw error;
    } finally {
      await file.close();
    }
  };
  return { enough: arrived, whole: run() };
}
