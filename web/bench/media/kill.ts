/** How much is made once more when the program was killed in the middle of a film. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Program } from '../../e2e/harness/program.ts';
import { until } from '../../e2e/harness/until.ts';
import { atMost, type Figure } from '../figure.ts';
import { childrenOf, cpuOfChildren } from './cpu.ts';
import type { Film, Films } from './films.ts';
import { filmIs, patience, send, transcode, withProgram } from './transcode.ts';

const REPEATS = 2;
const SEGMENT_SECONDS = 6;
const PIECE_SECONDS = 60;

export async function kill(films: Films): Promise<Figure[]> {
  const film = await films.longer('sparse', REPEATS);
  const undisturbed = await withProgram(async (program) => (await transcode(program, film)).work.children);
  const { cpu, segments } = await withProgram((program) => killedOnce(program, film));
  const again = ((cpu - undisturbed) / undisturbed) * film.seconds;
  const what = `made once more after a kill -9 in the middle of ${film.seconds} s`;
  return [
    atMost(PIECE_SECONDS, 's of film', `${what}, by finished segments`, segments * SEGMENT_SECONDS),
    atMost(PIECE_SECONDS, 's of film', `${what}, by processor time`, again),
  ];
}

/** Processor time of both lives together, and how many segments of the rung that lost most were made twice. */
async function killedOnce(program: Program, film: Film): Promise<{ cpu: number; segments: number }> {
  const sent = await send(program, film);
  await filmIs(
    'is half made',
    sent,
    patience(film),
    ({ progress, status }) => status !== 'uploading' && progress >= 0.5,
  );
  const firstLife = cpuOfChildren(program.pid);
  await program.kill();
  const before = await rungSegments(program);
  await program.start();
  await filmIs('is ready', sent, patience(film), ({ status }) => status === 'ready');
  await until('nothing is made any more', 60_000, () => childrenOf(program.pid).length === 0);
  const after = await rungSegments(program);
  const lost = new Map<string, number>();
  for (const [name, inode] of before) {
    const rung = path.dirname(name);
    if (after.get(name) !== inode) lost.set(rung, (lost.get(rung) ?? 0) + 1);
  }
  return { cpu: firstLife + cpuOfChildren(program.pid), segments: Math.max(0, ...lost.values()) };
}

/** The segments of the encoded rungs as `720p/00012.m4s`, with what tells a file from one that was made anew. */
async function rungSegments({ dataFolder }: Program): Promise<Map<string, string>> {
  const files = await readdir(path.join(dataFolder, 'media'), { recursive: true, withFileTypes: true });
  const segments = files.filter(
    ({ name, parentPath }) =>
      name.endsWith('.m4s') && /^\d+p$/.test(path.basename(parentPath)) && !/\/\./.test(parentPath),
  );
  return new Map(
    await Promise.all(
      segments.map(async ({ name, parentPath }): Promise<[string, string]> => {
        const { ino, mtimeMs } = await stat(path.join(parentPath, name));
        return [path.join(path.basename(parentPath), name), `${ino} ${mtimeMs}`];
      }),
    ),
  );
}
