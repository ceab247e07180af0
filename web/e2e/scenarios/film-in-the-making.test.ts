/**
 * A film that no browser could play as it is, watched while it is made: from its start, and from where nothing is made yet.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowsers } from '../harness/browsers.ts';
import { type Program, startProgram } from '../harness/program.ts';
import { Viewer } from '../harness/viewer.ts';

const MINUTES = 10;
/** Of the film's length; encoding it in order would take a minute and more to come there. */
const FAR = 0.8;
/** From the jump to a moving picture: some seconds, and many times that on a machine that is busy with other tests. */
const PATIENCE_MS = 60_000;

const run = promisify(execFile);
const browsers = openBrowsers();
let folder: string;
let film: string;
let program: Program;
let ada: Viewer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'syncwatch-making-'));
  film = await longFilm();
  program = await startProgram();
  ada = await Viewer.open(browsers, 'chromium', 'Ada');
}, 180_000);
afterAll(async () => {
  await browsers.close();
  await program?.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** Keyframes 24 s apart: it cannot be copied. */
async function longFilm(): Promise<string> {
  const [minute, whole] = ['minute', 'whole'].map((name) => path.join(folder, `${name}.mp4`)) as [string, string];
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=854x480:r=25:d=60'];
  const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440:d=60'];
  const encoding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '600', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  await run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...picture, ...sound, ...encoding, minute]);
  const looped = ['-stream_loop', `${MINUTES - 1}`, '-i', minute, '-c', 'copy', '-movflags', '+faststart', whole];
  await run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...looped]);
  return whole;
}

async function filmIs(): Promise<string> {
  return ada.page.evaluate(async () => {
    const rooms = JSON.parse(localStorage.getItem('syncwatch.rooms') ?? '{}');
    const token: string = rooms[location.pathname.slice('/r/'.length)].guestToken;
    const answer = await fetch('/api/v1/videos', { headers: { authorization: `Bearer ${token}` } });
    const { items } = (await answer.json()) as { items: { status: string }[] };
    return items[0]?.status ?? 'none';
  });
}

describe('a film in the making', () => {
  // TRN-3
  test('it plays from its start while it is made', async () => {
    await ada.startRoom(program.url);
    await ada.upload(film);
    await ada.watch();
    await ada.play();
    await ada.playerIs('moves', ({ paused, seconds }) => !paused && seconds > 1);
    expect(await filmIs()).toBe('processing');
  });

  // TRN-3
  test('it plays from where nothing was made yet, seconds after somebody jumps there', async () => {
    const slider = ada.page.getByRole('slider', { name: 'Seek', exact: true });
    expect(await filmIs()).toBe('processing');
    const jumped = performance.now();
    // A minute each: as quick as somebody drags.
    for (let minute = 0; minute < MINUTES * FAR; minute++) await slider.press('PageUp');
    const far = MINUTES * 60 * (FAR - 0.02);
    const arrived = await ada.playerIs('is there', ({ seconds }) => seconds > far, PATIENCE_MS);
    await ada.playerIs('moves', ({ paused, seconds }) => !paused && seconds > arrived.seconds + 1, PATIENCE_MS);
    process.stdout.write(
      `a jump into what was not made: ${Math.round(performance.now() - jumped)} ms to a second of film\n`,
    );
  });
});
