/** How much after the moment that a browser announces the pixels of a frame are lit. */
import type { Film } from '../../e2e/films/make-film.ts';
import { type Engine, openBrowsers } from '../../e2e/harness/browsers.ts';
import { openFilmPage } from '../../e2e/harness/film-page.ts';
import { quantileOf } from '../../e2e/harness/spread.ts';
import { engineOf } from '../../src/players/engine.ts';
import { atLeast, type Figure } from '../figure.ts';
import { PlainPlayer, type Run, SHARPNESS_MS } from './plain-player.ts';
import type { Screen } from './screen.ts';

/** The controller believes the constants of engine.ts; an error of this much is a tenth of a frame. */
const TOLERANCE_MS = 4;
const PAGES = 5;
const RUN_SECONDS = 5;
/** Half of what the runs show. */
const ENOUGH_FRAMES = 750;

/** Each may choose the offset anew. */
const BEGINNINGS: [what: string, from: number | null][] = [
  ['first start', null],
  ['start after a seek', 20],
  ['start after a pause', null],
];

export async function latenessOf(engine: Engine, film: Film, screen: Screen): Promise<Figure[]> {
  const browsers = openBrowsers(screen.display);
  const filmPage = await openFilmPage(film);
  const runs: Run[] = [];
  try {
    const context = await browsers.context(engine);
    let believed = Number.NaN;
    for (let round = 0; round < PAGES; round++) {
      const player = await PlainPlayer.open(await context.newPage(), filmPage.url, film, screen);
      believed = engineOf(await player.page.evaluate(() => navigator.userAgent)).displayOffsetMs;
      for (const [what, seconds] of BEGINNINGS) {
        const run = await player.run(seconds, RUN_SECONDS);
        runs.push(run);
        process.stdout.write(`${engine}, page ${round + 1}, ${what}: ${describe(run)}\n`);
      }
      await player.page.close();
    }
    return figuresOf(engine, runs, believed);
  } finally {
    await browsers.close();
    filmPage.close();
  }
}

function describe({ frames, leftOut }: Run): string {
  const late = frames.map(({ lateMs }) => lateMs);
  const [p5, p50, p95] = [0.05, 0.5, 0.95].map((share) => quantileOf(late, share).toFixed(1));
  return `lit after the announced moment by p5 ${p5}, p50 ${p50}, p95 ${p95} ms; ${frames.length} frames, ${leftOut} left out`;
}

function figuresOf(engine: Engine, runs: readonly Run[], believed: number): Figure[] {
  const frames = runs.flatMap((run) => run.frames);
  const late = frames.map(({ lateMs }) => lateMs);
  const medians = runs.map((run) =>
    quantileOf(
      run.frames.map(({ lateMs }) => lateMs),
      0.5,
    ),
  );
  const what = `${engine}: lit after the announced moment`;
  return [
    near(believed, `${what}, median`, quantileOf(late, 0.5)),
    told(`${what}, p5`, quantileOf(late, 0.05)),
    told(`${what}, p95`, quantileOf(late, 0.95)),
    told(`${what}, smallest median of ${runs.length} starts`, Math.min(...medians)),
    told(`${what}, largest median of ${runs.length} starts`, Math.max(...medians)),
    atLeast(ENOUGH_FRAMES, '', `${engine}: frames counted`, frames.length),
    told(
      `${engine}: frames left out, their moment known to worse than ${SHARPNESS_MS} ms`,
      runs.reduce((sum, { leftOut }) => sum + leftOut, 0),
      '',
    ),
  ];
}

function near(aim: number, what: string, measured: number): Figure {
  const ok = Math.abs(measured - aim) <= TOLERANCE_MS;
  return { what, value: rounded(measured), unit: 'ms', aim: `${aim} ± ${TOLERANCE_MS} ms`, ok };
}

/** A figure without an aim. */
function told(what: string, measured: number, unit = 'ms'): Figure {
  return { what, value: rounded(measured), unit, aim: 'none', ok: true };
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
