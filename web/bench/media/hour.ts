/** How long an hour of film takes, with all its qualities. */
import { atMost, type Figure, noted, told } from '../figure.ts';
import type { Films } from './films.ts';
import { transcode, withProgram } from './transcode.ts';

const HOUR_SECONDS = 3_600;

export async function hour(films: Films): Promise<Figure[]> {
  // With films of a few seconds not an hour comes out, but something that runs.
  const times = films.scale.name === 'full' ? HOUR_SECONDS / films.scale.filmSeconds : 2;
  const film = await films.longer('standard', times);
  const { work } = await withProgram((program) => transcode(program, film));
  const what = `${film.seconds} s of standard 1080p film, last byte to the whole ladder`;
  const faster = `${(film.seconds / work.seconds).toFixed(2)} times as fast as it plays`;
  return [
    noted(atMost(20, 'min', what, work.seconds / 60), faster),
    told('CPU s', '… processor time of FFmpeg', work.children),
  ];
}
