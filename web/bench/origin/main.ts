/**
 * `make bench-origin`: what it costs to send the segments of a film, beside nginx with the same files.
 *
 * Processor time, not speed: viewers and servers share the processors here. The rounds alternate, so whatever else the
 * machine does meets all of them; each figure is the median of its rounds. nginx is taken with sendfile and without, and
 * the better of the two counts.
 */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { makeFilm } from '../../e2e/films/make-film.ts';
import { type Program, startProgram } from '../../e2e/harness/program.ts';
import { until } from '../../e2e/harness/until.ts';
import { Guest } from '../client.ts';
import { atMost, type Figure, tableOf } from '../figure.ts';
import { residentMiB } from '../memory.ts';
import { saveFigures } from '../save-figures.ts';
import { cpuSeconds } from './cpu.ts';
import { load, type Wish } from './load.ts';
import { startNginx } from './nginx.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 7);

/** A server with its files under an address. */
interface Server {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  readonly base: string;
}

/** What is asked for in one round. */
interface Kind {
  readonly name: string;
  readonly requests: number;
  wishes(base: string, files: readonly string[]): Wish[];
}

const KINDS: readonly Kind[] = [
  {
    name: 'whole segments',
    requests: 900,
    wishes: (base, files) => files.map((file) => ({ path: `${base}${file}` })),
  },
  {
    name: 'ranges of 256 KiB',
    requests: 4_000,
    wishes: (base, files) =>
      files.map((file, at) => ({
        path: `${base}${file}`,
        headers: [`Range: bytes=${(at % 4) * 262_144}-${(at % 4) * 262_144 + 262_143}`],
      })),
  },
];

const program = await startProgram();
const { folder, base } = await film(program);
const files = (await readdir(path.join(folder, 'source'))).filter((file) => file.endsWith('.m4s'));
const names = files.map((file) => `source/${file}`);
const copying = await startNginx(folder, 'off');
const sending = await startNginx(folder, 'on');
const servers: Server[] = [
  { name: 'syncwatch', port: Number(new URL(program.url).port), pid: program.pid, base },
  { name: 'nginx, sendfile off', port: copying.port, pid: copying.pid, base: '/' },
  { name: 'nginx, sendfile on', port: sending.port, pid: sending.pid, base: '/' },
];
const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
process.stdout.write(`${names.length} segments of ${(mean / 2 ** 20).toFixed(2)} MiB on average, ${ROUNDS} rounds\n`);

const figures: Figure[] = [];
for (const kind of KINDS) figures.push(await compare(kind));
figures.push(atMost(150, 'MiB', 'memory of the program while serving', residentMiB(program.pid)));
await Promise.all([program.dispose(), copying.dispose(), sending.dispose()]);
await saveFigures('bench-origin', figures);
process.stdout.write(`\n${tableOf('make bench-origin', figures)}\n`);

async function compare(kind: Kind): Promise<Figure> {
  const costs = new Map<string, number[]>(servers.map((server) => [server.name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const server of servers) {
      const before = cpuSeconds(server.pid);
      const { bytes } = await load(server.port, kind.wishes(server.base, names), kind.requests);
      const cost = (cpuSeconds(server.pid) - before) / (bytes / 1e9);
      // The first round warms everything up.
      if (round > 0) costs.get(server.name)?.push(cost);
    }
  }
  const [ours = Number.NaN, ...theirs] = servers.map(({ name }) => {
    const of = costs.get(name) ?? [];
    process.stdout.write(`${kind.name}, ${name}: ${of.map((cost) => cost.toFixed(3)).join(' ')} CPU s/GB\n`);
    return median(of);
  });
  return atMost(1.1, '× nginx', `processor time per GB, ${kind.name}`, ours / Math.min(...theirs));
}

/** A film whose copied quality has segments as large as those of 720p at 3 Mbit/s. */
async function film(server: Program): Promise<{ folder: string; base: string }> {
  const { path: file } = await makeFilm({
    name: 'segments',
    seconds: 60,
    faststart: true,
    picture: 'numbered',
    height: 360,
    bytes: 22_500_000,
  });
  const guest = await Guest.arrive(server.url);
  const { size } = await stat(file);
  const { id, location } = await guest.announce(file, size);
  await guest.send(location, createReadStream(file), size);
  await until('the film is ready', 600_000, async () => (await guest.video(id)).status === 'ready', 200);
  const manifest = await guest.manifest(id);
  const base = manifest.slice(0, manifest.lastIndexOf('/') + 1);
  return { folder: path.join(server.dataFolder, 'media/videos', id, base.split('/')[3] ?? ''), base };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
