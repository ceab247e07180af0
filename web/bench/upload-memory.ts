/** What a large upload costs in memory while its bytes pass through. */
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { quietFilm } from '../e2e/films/films.ts';
import { startProgram } from '../e2e/harness/program.ts';
import { Guest } from './client.ts';
import { atMost, type Figure } from './figure.ts';
import { residentMiB } from './memory.ts';

const BYTES = 2 * 2 ** 30;
const CHUNK = 2 ** 20;

/** The largest resident memory while 2 GB arrive, less what it was before. */
export async function uploadMemory(): Promise<Figure> {
  const program = await startProgram();
  const guest = await Guest.arrive(program.url);
  // One byte is missing in the end, so that no transcode begins and is measured as well.
  const { location } = await guest.announce('large.mp4', BYTES + 1);
  const before = residentMiB(program.pid);
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, residentMiB(program.pid));
  }, 50);
  await guest.send(location, Readable.from(filmLike()), BYTES);
  clearInterval(watch);
  await program.dispose();
  return atMost(32, 'MiB', 'memory growth while a 2 GB upload streams in', most - before);
}

/** Begins as a film does, because the server looks at the first bytes; the rest is never read. */
async function* filmLike(): AsyncGenerator<Buffer> {
  const film = await open((await quietFilm()).path);
  const first = Buffer.alloc(CHUNK, 0x5a);
  await film.read(first, 0, CHUNK);
  await film.close();
  yield first;
  const filler = Buffer.alloc(CHUNK, 0x5a);
  for (let sent = CHUNK; sent < BYTES; sent += CHUNK) yield filler;
}
