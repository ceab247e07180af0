/** The measuring tool, measured: a plain page with the film itself, in both browsers. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { numberedFilm } from '../films/films.ts';
import type { Film } from '../films/make-film.ts';
import { openBrowsers } from './browsers.ts';
import { clockOffset } from './clock.ts';
import { recordFrames, takeFrames } from './frame-reader.ts';

const browsers = openBrowsers();
let film: Film;
let server: Server;

beforeAll(async () => {
  film = await numberedFilm();
  server = await serve(film.path);
});
afterAll(async () => {
  await browsers.close();
  server.close();
});

// QA-2
test.each(['chromium', 'firefox'] as const)('%s shows frame n at n / rate, and the reader sees it', async (engine) => {
  const context = await browsers.context(engine);
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await recordFrames(page);
  await page.evaluate(() => document.querySelector('video')?.play());
  await expect
    .poll(() => page.evaluate(() => document.querySelector('video')?.currentTime), { timeout: 30_000 })
    .toBeGreaterThan(5);
  const { frames, unreadable } = await takeFrames(page);
  const clock = await clockOffset(page);
  await context.close();

  expect(unreadable).toBe(0);
  expect(frames.length).toBeGreaterThan(80);
  expect(frames.map(({ frame }) => frame)).toEqual(frames.map(({ frame }) => frame).sort((a, b) => a - b));
  // The film and the clock run alike: from the first second to the last, a second of film takes a second.
  const steady = frames.filter(({ frame }) => frame > film.rate);
  const [first, last] = [steady.at(0), steady.at(-1)];
  if (!first || !last) throw new Error('no frames were seen');
  expect((last.frame - first.frame) / film.rate).toBeCloseTo((last.at - first.at) / 1000, 1);
  expect(clock.uncertainty).toBeLessThan(10);
  expect(Math.abs(clock.offset)).toBeLessThan(20);
});

async function serve(file: string): Promise<Server> {
  const { size } = await stat(file);
  const listener = createServer((request, response) => {
    if (request.url === '/') {
      response.setHeader('Content-Type', 'text/html').end('<video src="/film.mp4" muted width="640"></video>');
      return;
    }
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(206, {
      'Content-Type': 'video/mp4',
      'Content-Length': size - start,
      'Content-Range': `bytes ${start}-${size - 1}/${size}`,
    });
    createReadStream(file, { start }).pipe(response);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return listener;
}
