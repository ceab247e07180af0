/**
 * The product's main job, by the real program and two real browsers: Ada in Chromium and Ben in Firefox watch Ada's film,
 * Cleo comes late. Each test goes on where the one before it stopped, as an evening does.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { numberedFilm } from '../films/films.ts';
import { openBrowsers } from '../harness/browsers.ts';
import { type Program, startProgram } from '../harness/program.ts';
import { describeTogether, watchTogether } from '../harness/together.ts';
import { until } from '../harness/until.ts';
import { type PlayerState, Viewer } from '../harness/viewer.ts';

/** The promise of the page: how far apart two pictures may be, and for how much of the time. */
const LIMIT_MS = 80;
const SHARE = 0.95;
const STEADY_SECONDS = 20;
/** What an arrow key moves the film by. */
const SKIP_SECONDS = 5;

const browsers = openBrowsers();
let program: Program;
let ada: Viewer;
let ben: Viewer;
let cleo: Viewer;
let link: string;

beforeAll(async () => {
  program = await startProgram();
  ada = await Viewer.open(browsers, 'chromium', 'Ada');
  ben = await Viewer.open(browsers, 'firefox', 'Ben');
  cleo = await Viewer.open(browsers, 'chromium', 'Cleo');
});
afterAll(async () => {
  await browsers.close();
  await program.dispose();
});

describe('an evening of two browsers', () => {
  // WT-1, ACC-6
  test('Ada has a room after one click and a nickname, without an account', async () => {
    link = await ada.startRoom(program.url);
    expect(new URL(link).pathname).toMatch(/^\/r\/[A-Z0-9]{8}$/);
    await ada.sees('Ada');
  });

  // ROOM-2, ACC-6
  test('Ben comes by the link, and each sees the other', async () => {
    await ben.join(link);
    await ben.sees('Ada', 'Ben');
    await ada.sees('Ada', 'Ben');
  });

  // UPL-1, TRN-1, TRN-3
  test("Ada's film is in both players", async () => {
    const film = await numberedFilm();
    await ada.upload(film.path);
    await Promise.all([ada.watch(), ben.watch()]);
    await ada.filmsAreReady();
  });

  // CHAT-1
  test('what one writes the other reads, both ways', async () => {
    await ada.say('are you there?');
    await ben.reads('are you there?');
    await ben.say('popcorn is ready');
    await ada.reads('popcorn is ready');
  });

  // SYNC-3, SYNC-10
  test('play and pause by either of them hold for both', async () => {
    await ada.play();
    await Promise.all([ada, ben].map((viewer) => viewer.playerIs('moves', ({ seconds }) => seconds > 1)));
    await ben.pause();
    await Promise.all([ada, ben].map((viewer) => viewer.playerIs('stands', ({ paused }) => paused)));
    await bothShowTheSameFrame();
    await ben.play();
    await Promise.all([ada, ben].map((viewer) => viewer.playerIs('moves', ({ paused }) => !paused)));
    await ada.pause();
    await Promise.all([ada, ben].map((viewer) => viewer.playerIs('stands', ({ paused }) => paused)));
    await bothShowTheSameFrame();
  });

  // SYNC-3
  test('either of them takes both to another place', async () => {
    const { seconds } = await ada.player();
    await ben.seekByKey('ArrowRight', 3);
    const there = (player: PlayerState) => Math.abs(player.seconds - seconds - 3 * SKIP_SECONDS) < 0.1;
    await Promise.all([ada, ben].map((viewer) => viewer.playerIs('has been moved on', there)));
    await bothShowTheSameFrame();
    await ada.seekByKey('Home');
    await Promise.all([ada, ben].map((viewer) => viewer.playerIs('is at the start', ({ seconds }) => seconds < 0.2)));
    await bothShowTheSameFrame();
  });

  // SYNC-3
  test('either of them sets the speed for both', async () => {
    await ada.play();
    await ben.speed('1.5×');
    await Promise.all([ada, ben].map((viewer) => viewer.playerIs('is fast', ({ rate }) => Math.abs(rate - 1.5) < 0.1)));
    await ada.speed('1×');
    await Promise.all([ada, ben].map((viewer) => viewer.playerIs('is calm', ({ rate }) => Math.abs(rate - 1) < 0.1)));
  });

  // SYNC-7, SYNC-9
  test('Cleo comes late and lands where the others are', async () => {
    await ada.seekByKey('Home');
    await cleo.join(link);
    await cleo.reads('popcorn is ready');
    await cleo.watch();
    await cleo.playerIs('moves', ({ paused, seconds }) => !paused && seconds > 1);
    const together = await watchTogether(ada, cleo, 3);
    process.stdout.write(describeTogether('a late comer', together));
    expect(together.lit.p50).toBeLessThan(250);
    await cleo.close();
  });

  // SYNC-7
  test('Ben loads his page anew and is back in step by himself', async () => {
    await ben.reload();
    await ben.reads('are you there?');
    await ben.watch();
    await ben.playerIs('moves', ({ paused }) => !paused);
    const together = await watchTogether(ada, ben, 3);
    process.stdout.write(describeTogether('after a reload', together));
    expect(together.lit.p50).toBeLessThan(250);
  });

  // SYNC-7
  test('the server is killed while the film plays, and nobody notices more than a line', async () => {
    await ada.seekByKey('Home');
    // Where it was before may be near the start as well.
    await ada.playerIs('is at the start', ({ seconds }) => seconds < 1);
    await ada.playerIs('plays from the start', ({ paused, seconds }) => !paused && seconds > 1 && seconds < 15);
    const [before, at] = [await ada.player(), performance.now()];
    await program.kill();
    await program.start();
    await ben.say('still here?');
    await ada.reads('still here?');
    await ada.say('of course');
    await ben.reads('of course');
    await Promise.all([ada, ben].flatMap((viewer) => [viewer.sees('Ada', 'Ben'), viewer.reads('popcorn is ready')]));
    const [after, passed] = [await ada.player(), (performance.now() - at) / 1000];
    expect(after.paused).toBe(false);
    // The film went on as the clock did: the room's timeline outlived the program that kept it.
    expect(Math.abs(after.seconds - before.seconds - passed)).toBeLessThan(0.5);
    // The command reaches both: the room is the same one, not a copy in each browser.
    await ben.pause();
    await Promise.all([ada, ben].map((viewer) => viewer.playerIs('stands', ({ paused }) => paused)));
  });

  // QA-2, SYNC-9
  test(`both show the same place of the film within ${LIMIT_MS} ms`, async () => {
    await ada.seekByKey('Home');
    await ben.play();
    await Promise.all([ada, ben].map((viewer) => viewer.playerIs('has settled', ({ seconds }) => seconds > 8)));
    const together = await watchTogether(ada, ben, STEADY_SECONDS);
    process.stdout.write(describeTogether(`${STEADY_SECONDS} s of steady play`, together));
    // Fewer would mean that one of them hardly showed anything.
    expect(together.lit.count).toBeGreaterThan(STEADY_SECONDS * 15);
    expect(together.lit.within(LIMIT_MS)).toBeGreaterThanOrEqual(SHARE);
  });
});

async function bothShowTheSameFrame(): Promise<void> {
  await until('both show the same frame', 10_000, async () => {
    const [first, second] = await Promise.all([ada.frameNow(), ben.frameNow()]);
    return first !== null && second !== null && Math.abs(first - second) <= 1;
  });
}
