/** The films that the scenarios play. Each is made at its first use. */
import { type Film, makeFilm, repeatFilm } from './make-film.ts';

/** The film of the main proof: a minute, numbered, ready for the web. */
export const numberedFilm = (): Promise<Film> =>
  makeFilm({ name: 'numbered', seconds: 60, faststart: true, picture: 'numbered' });

/** Long, numbered and small: three browsers on two cores can show every frame of it. */
export const smallFilm = (): Promise<Film> =>
  makeFilm({ name: 'small', seconds: 160, faststart: true, picture: 'numbered', height: 360 });

/** Large enough that an upload can be interrupted in the middle; its index lies at the end, as a camera leaves it. */
export const largeFilm = (): Promise<Film> =>
  makeFilm({ name: 'large', seconds: 60, faststart: false, picture: 'numbered', bytes: 64 * 1024 * 1024 });

/** For pictures of the product: something that one likes to look at. */
export const quietFilm = (): Promise<Film> =>
  makeFilm({ name: 'Hills at dusk', seconds: 40, faststart: true, picture: 'landscape' });

/** Sixty times the same minute: long, and made in seconds. */
export const hourFilm = async (): Promise<Film> => repeatFilm(await numberedFilm(), 'hour', 60);
