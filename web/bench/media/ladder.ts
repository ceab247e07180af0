/** What the whole ladder of an encoded film costs, beside plain runs of FFmpeg with the same settings. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atLeast, atMost, type Figure, noted, told } from '../figure.ts';
import { atTheRate, type Quality } from './at-the-rate.ts';
import { cpuDuring } from './cpu.ts';
import { ffmpeg } from './ffmpeg.ts';
import type { Film, Films } from './films.ts';
import { oneOfAll, oneOfEach, RUNGS, type Rung } from './plain.ts';
import { download, qualities } from './playlists.ts';
import { qualityOf } from './quality.ts';
import { ofRounds } from './rounds.ts';
import { transcode, withProgram } from './transcode.ts';

/** The third digit of SSIM, rounded, is the same. */
const AS_GOOD = -0.0005;

/** Processor seconds of one round. */
interface Round {
  ours: number;
  own: number;
  three: number;
  one: number;
}

export async function ladder(films: Films): Promise<Figure[]> {
  const film = await films.hard('sparse');
  const folder = await mkdtemp(path.join(tmpdir(), 'syncwatch-ladder-'));
  try {
    const rounds: Round[] = [];
    for (let round = 0; round < films.scale.rounds; round++) {
      const taken = await takeTurns(film, folder);
      const words = Object.entries(taken).map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`);
      process.stdout.write(`  round ${round + 1}, CPU seconds: ${words.join(', ')}\n`);
      rounds.push(taken);
    }
    const figures = costs(rounds, film);
    for (const rung of RUNGS) figures.push(...(await compared(rung, film, folder)));
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function takeTurns(film: Film, folder: string): Promise<Round> {
  const { children, own } = await withProgram(async (program) => {
    const { sent, work } = await transcode(program, film);
    const made = await qualities(program, sent);
    for (const { height } of RUNGS) {
      const quality = made.find((one) => one.height === height);
      if (quality === undefined) throw new Error(`the program made no ${height}p of ${film.path}`);
      await download(quality, ours(folder, height));
    }
    return work;
  });
  const three = await cpuDuring(async () => {
    for (const rung of RUNGS) await ffmpeg(oneOfEach(film, rung), folder);
  });
  const one = await cpuDuring(() => ffmpeg(oneOfAll(film), folder));
  return { ours: children + own, own, three, one };
}

function costs(rounds: readonly Round[], { seconds }: Film): Figure[] {
  const each = (value: (round: Round) => number) => rounds.map(value);
  const cpu = (what: string, value: (round: Round) => number) =>
    ofRounds(each(value), (middle) => told('CPU s', `ladder of ${seconds} s of 1080p: ${what}`, middle));
  return [
    ofRounds(
      each(({ ours, three }) => ours / three),
      (ratio) => atMost(0.62, '', 'CPU of the ladder: ours / three plain runs', ratio),
    ),
    ofRounds(
      each(({ ours, one }) => ours / one),
      (ratio) => atMost(0.9, '', 'CPU of the ladder: ours / one plain run with three outputs', ratio),
    ),
    cpu('ours', ({ ours }) => ours),
    cpu('… of it in the program itself', ({ own }) => own),
    cpu('three plain runs', ({ three }) => three),
    cpu('one plain run with three outputs', ({ one }) => one),
  ];
}

/** How good one of our rungs is beside the plain one, which is encoded once more at another rate to find its quality at ours. */
async function compared(rung: Rung, film: Film, folder: string): Promise<Figure[]> {
  const mine = await qualityOf(ours(folder, rung.height), rung.height, film);
  const plain = await qualityOf(path.join(folder, `plain-${rung.height}.m3u8`), rung.height, film);
  const change = mine.kbps < plain.kbps ? { crf: 2, share: 0.85 } : { crf: -2, share: 1.18 };
  const other = { ...rung, crf: rung.crf + change.crf, maxKbps: Math.round(rung.maxKbps * change.share) };
  await ffmpeg(oneOfEach(film, other, 'other'), folder);
  const second = await qualityOf(path.join(folder, `other-${rung.height}.m3u8`), rung.height, film);
  const better = mine.ssim - atTheRate(mine.kbps, plain, second);
  const name = `${rung.height}p`;
  return [
    noted(
      atLeast(AS_GOOD, '', `${name}: SSIM, ours less that of a plain run at the same bitrate`, better),
      [mine, plain, second].map(words).join(' beside '),
    ),
    told('', `${name}: bitrate of the picture, ours / plain`, mine.kbps / plain.kbps),
  ];
}

const words = ({ ssim, kbps }: Quality): string => `${ssim.toFixed(4)} at ${Math.round(kbps)} kbit/s`;
const ours = (folder: string, height: number): string => path.join(folder, `ours-${height}.mp4`);
