/** `make bench`: every figure that the project promises for one machine, measured in one run against the release program. */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.ts';
import { firstPage } from './first-page.ts';
import { playable } from './playable.ts';
import { coldStart, idleMemory } from './start.ts';
import { uploadMemory } from './upload-memory.ts';

const target = fileURLToPath(new URL('../../target/bench/bench.json', import.meta.url));

const figures: Figure[] = [];
for (const measure of [coldStart, idleMemory, uploadMemory, playable, firstPage]) figures.push(await measure());

await mkdir(path.dirname(target), { recursive: true });
await writeFile(target, `${JSON.stringify(figures, null, 2)}\n`);
const rows = figures.map(
  ({ what, value, unit, aim, ok }) => `| ${what} | ${value} ${unit} | ${aim} | ${ok ? 'yes' : '**no**'} |`,
);
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
process.stdout.write(
  ['', `make bench, on ${machine}`, '', '| what | measured | aim | met |', '|---|---|---|---|', ...rows, '', ''].join(
    '\n',
  ),
);
