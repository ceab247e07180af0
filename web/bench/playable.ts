/** How soon a film that needs no re-encoding can be watched. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { hourFilm } from '../e2e/films/films.ts';
import { startProgram } from '../e2e/harness/program.ts';
import { until } from '../e2e/harness/until.ts';
import { Guest } from './client.ts';
import { atMost, type Figure } from './figure.ts';

/** From the last byte on the wire to the first piece of film at a player. */
export async function playable(): Promise<Figure> {
  const film = await hourFilm();
  const { size } = await stat(film.path);
  const program = await startProgram();
  const guest = await Guest.arrive(program.url);
  const { id, location } = await guest.announce(film.path, size);
  const lastByte = await guest.send(location, createReadStream(film.path, { highWaterMark: 2 ** 20 }), size);
  await until('the film can be watched', 120_000, async () => (await guest.video(id)).playable, 20);
  const bytes = await guest.firstSegment(id);
  const seconds = (performance.now() - lastByte) / 1000;
  await program.dispose();
  if (bytes === 0) throw new Error('the first piece of the film is empty');
  return atMost(2, 's', 'a copied 60 min 1080p film is playable after its last byte', seconds);
}
