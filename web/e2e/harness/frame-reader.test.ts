/** The measuring tool, measured: a plain page with the film itself, in both browsers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { numberedFilm } from '../films/films.ts';
import type { Film } from '../films/make-film.ts';
import { openBrowsers } from './browsers.ts';
import { clockOffset } from './clock.ts';
import { type FilmPage, openFilmPage } from './film-page.ts';
import { recordFrames, type SeenFrame, takeFrames } from './frame-reader.ts';
import { quantileOf } from './spread.ts';

const browsers = openBrowsers();
let film: Film;
let filmPage: FilmPage;

beforeAll(async () => {
  film = await numberedFilm();
  filmPage = await openFilmPage(film);
});
afterAll(async () => {
  await browsers.close();
  filmPage.close();
});

// QA-2
test.each(['chromium', 'firefox'] as const)('%s shows frame n at n / rate, and the reader sees it', async (engine) => {
  const context = await browsers.context(engine);
  const page = await context.newPage();
  await page.goto(filmPage.url);
  await recordFrames(page);
  await page.evaluate(() => document.querySelector('video')?.play());
  await expect
    .poll(() => page.evaluate(() => document.querySelector('video')?.currentTime), { timeout: 30_000 })
    .toBeGreaterThan(5);
  const { frames, unreadable } = await takeFrames(page, film.rate);
  const clock = await clockOffset(page);
  await context.close();

  expect(unreadable).toBe(0);
  expect(frames.length).toBeGreaterThan(80);
  expect(frames.map(({ frame }) => frame)).toEqual(frames.map(({ frame }) => frame).sort((a, b) => a - b));
  const steady = frames.filter(({ frame }) => frame > film.rate);
  // The film and the clock run alike: from the first second to the last, a second of film takes a second.
  const began = (some: readonly SeenFrame[]) => quantileOf(some.map(beginning), 0.5);
  expect(Math.abs(began(steady.slice(-film.rate)) - began(steady.slice(0, film.rate)))).toBeLessThan(50);
  // Each has the moment of its own frame, not of its neighbour: from one to the next it is a frame, give or take a refresh.
  const steps = steady.slice(1).map((seen, i) => Math.abs(beginning(seen) - beginning(steady[i] ?? seen)));
  expect(quantileOf(steps, 0.85)).toBeLessThan(25);
  expect(clock.uncertainty).toBeLessThan(10);
  expect(Math.abs(clock.offset)).toBeLessThan(20);
});

/** When the film would have begun, by one of its frames. */
const beginning = ({ frame, at }: SeenFrame): number => at - (frame * 1000) / film.rate;
