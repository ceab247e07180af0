/** An upload that is interrupted goes on from what the server had acknowledged, and the file is whole in the end. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { largeFilm } from '../films/films.ts';
import type { Film } from '../films/make-film.ts';
import { openBrowsers } from '../harness/browsers.ts';
import { type Program, startProgram } from '../harness/program.ts';
import { until } from '../harness/until.ts';
import { listenToUploads, type UploadRequest } from '../harness/upload-log.ts';
import { Viewer } from '../harness/viewer.ts';

/** Slow enough that there is a middle of the upload to interrupt. */
const BYTES_PER_SECOND = 8 * 1024 * 1024;
const UPLOAD_LIMIT_MS = 90_000;

const browsers = openBrowsers();
let film: Film;
let program: Program;
let ada: Viewer;
let requests: UploadRequest[];

beforeAll(async () => {
  film = await largeFilm();
});
beforeEach(async () => {
  program = await startProgram();
  ada = await Viewer.open(browsers, 'chromium', 'Ada');
  requests = listenToUploads(ada.page);
  await slowDown(ada);
  await ada.startRoom(program.url);
  await ada.upload(film.path);
  await until('a part of the film is stored', UPLOAD_LIMIT_MS, async () => (await storedBytes()) > 8 * 1024 * 1024);
});
afterEach(async () => {
  await ada.close();
  await program.dispose();
});
afterAll(() => browsers.close());

describe('an interrupted upload', () => {
  // UPL-1
  test('goes on after a reload when the same file is chosen again', async () => {
    await ada.reload();
    const interrupted = requests.length;
    await ada.upload(film.path);
    await theRestArrives(interrupted);
  });

  // UPL-1
  test('goes on by itself when the server was killed and started again', async () => {
    const interrupted = requests.length;
    await program.kill();
    const kept = await storedBytes();
    await program.start();
    const resumed = await theRestArrives(interrupted);
    // What lies on the disk after the kill is what the server answers for; nothing of it is sent twice.
    expect(resumed).toBe(kept);
  });
});

/** Checks everything from the interruption to the last byte; the offset from which the upload went on. */
async function theRestArrives(interrupted: number): Promise<number> {
  const { size } = await stat(film.path);
  const acknowledgedBefore = requests.slice(0, interrupted).flatMap(({ acknowledged }) => acknowledged ?? []);
  await until('the whole film is acknowledged', UPLOAD_LIMIT_MS, () =>
    requests.some(({ method, acknowledged }) => method === 'PATCH' && acknowledged === size),
  );

  const after = requests.slice(interrupted);
  const asked = after.findIndex(({ method, acknowledged }) => method === 'HEAD' && acknowledged !== null);
  const offset = after[asked]?.acknowledged;
  const next = after.slice(asked).find(({ method }) => method === 'PATCH');
  expect(offset).toBeGreaterThan(0);
  expect(offset).toBeGreaterThanOrEqual(Math.max(0, ...acknowledgedBefore));
  expect(next?.from).toBe(offset);
  expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);

  expect(await sha256(await storedFile())).toBe(await sha256(film.path));
  return offset ?? Number.NaN;
}

async function slowDown({ page }: Viewer): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: BYTES_PER_SECOND,
  });
}

/** The only upload in the data folder, whose name is the video's id. */
async function storedFile(): Promise<string> {
  const files = await readdir(program.dataFolder, { recursive: true, withFileTypes: true });
  const uploads = files.filter((entry) => entry.isFile() && path.basename(entry.parentPath) === 'uploads');
  expect(uploads).toHaveLength(1);
  return path.join(uploads[0]?.parentPath ?? '', uploads[0]?.name ?? '');
}

async function storedBytes(): Promise<number> {
  const posted = requests.some(({ method }) => method === 'POST');
  return posted ? (await stat(await storedFile())).size : 0;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
