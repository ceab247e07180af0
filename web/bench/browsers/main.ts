/** `make bench-browsers`: how far apart the pictures of three real browsers are behind a network like wifi. */
import type { SeenFrame } from '../../e2e/harness/frame-reader.ts';
import { quantileOf, widest } from '../../e2e/harness/spread.ts';
import { asAnnounced } from '../../e2e/harness/together.ts';
import { atMost, tableOf } from '../figure.ts';
import { saveFigures } from '../save-figures.ts';
import { NETWORKS } from '../sync/network.ts';
import { Evening, FRAMES_PER_SECOND } from './evening.ts';
import { joins } from './joins.ts';
import { commandedStarts } from './starts.ts';
import { takePlayerEvents } from './watched-player.ts';

const FRAME_MS = 1_000 / FRAMES_PER_SECOND;
/** After a command, a stall or a start everybody may take so long until it is steady play again. */
const SETTLING_MS = 5_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

const evening = await Evening.begin({ ...NETWORKS.wifi, outage: null });
try {
  const [ada, ben] = evening.seats;
  const steady: number[] = [];
  let corrections = { rates: 0, seeks: 0, seconds: 0 };

  const measure = async (what: string, seconds: number): Promise<void> => {
    await Promise.all(evening.viewers.map(({ page }) => takePlayerEvents(page)));
    const frames = await evening.watch(seconds + SETTLING_MS / 1_000);
    const apart = widest(settled(frames), FRAMES_PER_SECOND);
    const announced = widest(settled(frames.map(asAnnounced)), FRAMES_PER_SECOND);
    const events = await Promise.all(evening.viewers.map(({ page }) => takePlayerEvents(page)));
    steady.push(...apart);
    corrections = {
      rates: corrections.rates + events.reduce((sum, { ratechange }) => sum + ratechange.length, 0),
      seeks: corrections.seeks + events.reduce((sum, { seeking }) => sum + seeking.length, 0),
      seconds: corrections.seconds + seconds * evening.viewers.length,
    };
    say(`${what}, the two farthest apart, lit pixels: ${describe(apart)}`);
    say(`${what}, the two farthest apart, as the browsers announced: ${describe(announced)}`);
  };

  await ada.viewer.play();
  await evening.everybody('moves', ({ paused, seconds }) => !paused && seconds > 2);
  await measure('from the start', 60);
  await ben.viewer.seekByKey('ArrowRight', 6);
  await measure('after a seek by Ben', 20);
  await ada.viewer.seekByKey('Home');
  await evening.everybody('is back at the beginning', ({ seconds }) => seconds < 10);
  await measure('after a seek to the start', 20);
  // Nothing comes to Ben for a while, just when he needs what he does not have.
  ben.network.freeze(4_000);
  await ada.viewer.seekByKey('ArrowRight', 12);
  await evening.everybody('moves on', ({ paused, seconds }) => !paused && seconds > 62);
  await measure('after a stall of Ben', 30);
  await ada.viewer.seekByKey('Home');
  const starts = await commandedStarts(evening, 10);
  await ada.viewer.seekByKey('Home');
  await evening.everybody('moves again', ({ paused, seconds }) => !paused && seconds > 1);
  await measure('after pauses', 30);
  const joined = await joins(evening, 5);

  const minutes = corrections.seconds / 60;
  const unit = 'ms';
  const figures = [
    atMost(12, unit, 'spread of lit pixels, three browsers, wifi, p50', quantileOf(steady, 0.5)),
    atMost(40, unit, 'spread of lit pixels, three browsers, wifi, p95', quantileOf(steady, 0.95)),
    atMost(60, unit, 'spread of lit pixels, three browsers, wifi, p99', quantileOf(steady, 0.99)),
    atMost(FRAME_MS, unit, 'commanded start, first frames apart, p95', quantileOf(starts, 0.95)),
    atMost(2_000, unit, 'joiner in step after his first canplay, p95', quantileOf(joined, 0.95)),
    atMost(6, 'a minute', 'changes of speed of a player in steady play', corrections.rates / minutes),
    atMost(0, 'a minute', 'seeks of a player in steady play', corrections.seeks / minutes),
  ];
  await saveFigures('bench-browsers', figures);
  say('');
  say(tableOf('make bench-browsers', figures));
} finally {
  await evening.end();
}

function describe(apart: readonly number[]): string {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantileOf(apart, share).toFixed(1));
  return `p50 ${p50}, p95 ${p95}, p99 ${p99} ms at ${apart.length} moments`;
}

/** Without the time in which things are still being brought in order. */
function settled(screens: readonly SeenFrame[][]): SeenFrame[][] {
  const from = Math.max(...screens.map(([first]) => first?.at ?? 0)) + SETTLING_MS;
  return screens.map((frames) => frames.filter(({ at }) => at >= from));
}
