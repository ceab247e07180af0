/** What it brings to make two pieces of a film at once. */
import { type Figure, told } from '../figure.ts';
import type { Films } from './films.ts';
import { ofRounds } from './rounds.ts';
import { transcode, withSettings } from './transcode.ts';

/** Times that the hard film is repeated, so that there are some pieces of a minute. */
const REPEATS = 2;

export async function pieces(films: Films): Promise<Figure[]> {
  const film = await films.longer('sparse', REPEATS);
  const [one, two]: [number[], number[]] = [[], []];
  for (let round = 0; round < films.scale.rounds; round++) {
    for (const [taken, atOnce] of [[one, 1] as const, [two, 2] as const]) {
      const settings = `[transcode.transcode]\npieces_at_once = ${atOnce}\n`;
      const { work } = await withSettings(settings, (program) => transcode(program, film));
      process.stdout.write(`  ${atOnce} at once: ${work.seconds.toFixed(1)} s\n`);
      taken.push(work.seconds);
    }
  }
  const faster = one.map((seconds, round) => seconds / (two[round] ?? Number.NaN));
  const took = (what: string) => (seconds: number) =>
    told('s', `${film.seconds} s of 1080p re-encoded, ${what}`, seconds);
  return [
    ofRounds(one, took('one piece at a time')),
    ofRounds(two, took('two pieces at once')),
    ofRounds(faster, (ratio) => told('× as fast', 'two pieces at once beside one at a time', ratio)),
  ];
}
