/** How soon a film can be watched after its last byte, at any length. */
import { until } from '../../e2e/harness/until.ts';
import { atMost, type Figure, told } from '../figure.ts';
import type { Films, Keyframes } from './films.ts';
import { firstFrame } from './first-frame.ts';
import { firstSegment } from './playlists.ts';
import { filmIs, send, withProgram } from './transcode.ts';

const KINDS: readonly { keyframes: Keyframes; name: string; segment?: number; frame?: number }[] = [
  { keyframes: 'standard', name: 'copied', segment: 2 },
  { keyframes: 'sparse', name: 're-encoded', frame: 4 },
];

export async function playable(films: Films): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { keyframes, name, segment, frame } of KINDS) {
    for (const minutes of films.scale.minutes) {
      const film = await films.long(keyframes, minutes);
      const length = film.seconds < 60 ? `${film.seconds} s` : `${film.seconds / 60} min`;
      const what = `a ${name} film of ${length}, last byte to`;
      const figure = (limit: number | undefined, to: string, seconds: number): void => {
        process.stdout.write(`  ${what} ${to}: ${seconds.toFixed(2)} s\n`);
        figures.push(
          limit === undefined ? told('s', `${what} ${to}`, seconds) : atMost(limit, 's', `${what} ${to}`, seconds),
        );
      };
      figure(segment, 'first segment at a client', await withProgram((program) => segmentAfter(program, film)));
      figure(frame, 'first frame in Chromium', await withProgram((program) => firstFrame(program, film)));
    }
  }
  return figures;
}

type Measure = typeof firstFrame;

/** Seconds from the film's last byte until a client, who asks as often as he can, holds a first segment. */
const segmentAfter: Measure = async (program, film) => {
  const sent = await send(program, film);
  await filmIs('can be watched', sent, 300_000, (video) => video.playable, 20);
  await until('its first segment is there', 60_000, () => firstSegment(program, sent), 20);
  return (performance.now() - sent.lastByte) / 1000;
};
