/** How much is made once more when the program was killed in the middle of a film. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Program } from '../../e2e/harness/program.ts';
import { until } from '../../e2e/harness/until.ts';
import { atMost, type Figure, noted } from '../figure.ts';
import { childrenOf, cpuOfChildren } from './cpu.ts';
import type { Film, Films } from './films.ts';
import { filmIs, patience, type Sent, send, transcode, withProgram } from './transcode.ts';

const REPEATS = 2;
const SEGMENT_SECONDS = 6;
const PIECE_SECONDS = 60;

export async function kill(films: Films): Promise<Figure[]> {
  const film = await films.longer('sparse', REPEATS);
  const undisturbed = await withProgram(async (program) => (await transcode(program, film)).work.children);
  const { cpu, there, lost } = await withProgram((program) => killedOnce(program, film));
  const again = ((cpu - undisturbed) / undisturbed) * film.seconds;
  const what = `made once more after a kill -9 in the middle of ${film.seconds} s`;
  return [
    noted(
      atMost(PIECE_SECONDS, 's of film', `${what}, by finished segments`, lost * SEGMENT_SECONDS),
      `${there} segments were there`,
    ),
    atMost(PIECE_SECONDS, 's of film', `${what}, by processor time`, again),
  ];
}

/** What two lives of the program took together, and what the second made of the first one's work. */
interface Lives {
  /** Processor time of everything that was started. */
  cpu: number;
  /** Segments that were there at the kill. */
  there: number;
  /** Those of them that were made twice, of the rung that has most of them. */
  lost: number;
}

async function killedOnce(program: Program, film: Film): Promise<Lives> {
  const sent = await send(program, film);
  await filmIs(
    'is half made',
    sent,
    patience(film),
    ({ progress, status }) => status !== 'uploading' && progress >= 0.5,
  );
  const folder = await servedFolder(sent);
  const firstLife = cpuOfChildren(program.pid);
  await program.kill();
  const before = await rungSegments(program, folder);
  await program.start();
  await filmIs('is ready', sent, patience(film), ({ status }) => status === 'ready');
  await until('nothing is made any more', 60_000, () => childrenOf(program.pid).length === 0);
  const after = await rungSegments(program, await servedFolder(sent));
  const lost = new Map<string, number>();
  for (const [name, file] of before) {
    const rung = path.dirname(name);
    if (after.get(name) !== file) lost.set(rung, (lost.get(rung) ?? 0) + 1);
  }
  const cpu = firstLife + cpuOfChildren(program.pid);
  return { cpu, there: before.size, lost: Math.max(0, ...lost.values()) };
}

/** Where below `media/videos` the files are that players get now. What another try has left may lie beside it. */
async function servedFolder({ guest, id }: Sent): Promise<string> {
  const [, , video = '', attempt = ''] = (await guest.manifest(id)).split('/');
  return path.join(video, attempt);
}

/** The segments of the encoded rungs as `720p/00012.m4s`, with what tells a file from one that was made anew. */
async function rungSegments({ dataFolder }: Program, folder: string): Promise<Map<string, string>> {
  const from = path.join(dataFolder, 'media/videos', folder);
  const rungs = (await readdir(from)).filter((name) => /^\d+p$/.test(name));
  const found = new Map<string, string>();
  for (const rung of rungs) {
    for (const name of (await readdir(path.join(from, rung))).filter((file) => /^\w+\.m4s$/.test(file))) {
      const { ino, mtimeMs } = await stat(path.join(from, rung, name));
      found.set(path.join(rung, name), `${ino} ${mtimeMs}`);
    }
  }
  return found;
}
