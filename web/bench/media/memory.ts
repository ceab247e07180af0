/** What the program itself holds while a film is made and watched. */
import { atMost, type Figure, noted } from '../figure.ts';
import { residentMiB } from '../memory.ts';
import type { Films } from './films.ts';
import { partsOf, qualities } from './playlists.ts';
import { filmIs, patience, send, withProgram } from './transcode.ts';

const WATCHERS = 8;
const LOOK_EVERY_MS = 50;

/** The most that it held from the start of an upload until the film is ready, with players who take its copied quality over and over. */
export async function memory(films: Films): Promise<Figure[]> {
  const film = await films.hard('standard');
  return withProgram(async (program) => {
    let [most, bytes, ready] = [0, 0, false];
    const look = setInterval(() => {
      most = Math.max(most, residentMiB(program.pid));
    }, LOOK_EVERY_MS);
    try {
      const sent = await send(program, film);
      await filmIs('can be watched', sent, 300_000, ({ playable }) => playable);
      const [copied] = await qualities(program, sent);
      if (copied === undefined) throw new Error('the film has no quality');
      const watch = async (): Promise<void> => {
        while (!ready) {
          for (const segment of (await partsOf(copied)).segments) {
            bytes += (await (await fetch(segment)).arrayBuffer()).byteLength;
            if (ready) break;
          }
        }
      };
      const made = filmIs('is ready', sent, patience(film), ({ status }) => status === 'ready').finally(() => {
        ready = true;
      });
      await Promise.all([made, ...Array.from({ length: WATCHERS }, watch)]);
    } finally {
      clearInterval(look);
    }
    const figure = atMost(150, 'MiB', `memory of the program while it transcodes and serves ${WATCHERS} players`, most);
    return [noted(figure, `${(bytes / 1e9).toFixed(1)} GB were served`)];
  });
}
