/** A film that goes through the program, from its first byte to the last of its qualities. */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Program, startProgram } from '../../e2e/harness/program.ts';
import { until } from '../../e2e/harness/until.ts';
import type { VideoView } from '../../src/api/generated/protocol.ts';
import { Guest } from '../client.ts';
import { childrenOf, cpuOf, cpuOfChildren } from './cpu.ts';
import type { Film } from './films.ts';

/** With a program of its own, which is gone afterwards whatever happens. */
export async function withProgram<T>(work: (program: Program) => Promise<T>, args: string[] = []): Promise<T> {
  const program = await startProgram(args);
  try {
    return await work(program);
  } finally {
    await program.dispose();
  }
}

/** The same with settings that differ, in TOML. */
export async function withSettings<T>(settings: string, work: (program: Program) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'syncwatch-bench-'));
  try {
    const file = path.join(folder, 'settings.toml');
    await writeFile(file, settings);
    return await withProgram(work, ['--config', file]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A film in the program, and who may ask for it. */
export interface Sent {
  guest: Guest;
  id: string;
  /** When its last byte was handed over. */
  lastByte: number;
}

export async function send(program: Program, film: Film): Promise<Sent> {
  const guest = await Guest.arrive(program.url);
  const { id, location } = await guest.announce(film.path, film.bytes);
  const body = createReadStream(film.path, { highWaterMark: 2 ** 20 });
  return { guest, id, lastByte: await guest.send(location, body, film.bytes) };
}

/** Waits until the film is as asked. A film that failed ends the wait at once. */
export async function filmIs(
  what: string,
  { guest, id }: Sent,
  limitMs: number,
  holds: (video: VideoView) => boolean,
  everyMs = 100,
): Promise<void> {
  const question = async () => {
    const video = await guest.video(id);
    if (video.status === 'failed') throw new Error(`the film failed: ${video.failure}`);
    return holds(video);
  };
  await until(`the film ${what}`, limitMs, question, everyMs);
}

/** What a film took. */
export interface Work {
  /** From its last byte until all of it is ready. */
  seconds: number;
  /** Processor time of the programs that were started for it, and of the program itself meanwhile. */
  children: number;
  own: number;
}

/** Sends a film and waits until it is ready and nothing runs any more. */
export async function transcode(program: Program, film: Film): Promise<{ sent: Sent; work: Work }> {
  const sent = await send(program, film);
  const own = cpuOf(program.pid);
  await filmIs('is ready', sent, patience(film), ({ status }) => status === 'ready');
  const seconds = (performance.now() - sent.lastByte) / 1000;
  await until('nothing is made any more', 60_000, () => childrenOf(program.pid).length === 0);
  return { sent, work: { seconds, children: cpuOfChildren(program.pid), own: cpuOf(program.pid) - own } };
}

/** Many times as long as the film: other work on the same machine must not end a measurement of hours. */
export const patience = ({ seconds }: Film): number => 600_000 + seconds * 20_000;
