/** `make bench`: every figure that the project promises for one machine, measured in one run against the release program. */
import { cpus, totalmem } from 'node:os';
import { type Figure, tableOf } from './figure.ts';
import { firstPage } from './first-page.ts';
import { playable } from './playable.ts';
import { saveFigures } from './save-figures.ts';
import { coldStart, idleMemory } from './start.ts';
import { uploadMemory } from './upload-memory.ts';

const figures: Figure[] = [];
for (const measure of [coldStart, idleMemory, uploadMemory, playable, firstPage]) figures.push(await measure());

await saveFigures('bench', figures);
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
process.stdout.write(`\n${tableOf(`make bench, on ${machine}`, figures)}\n`);
