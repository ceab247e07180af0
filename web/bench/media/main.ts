/**
 * `make bench-media`: what it costs and how long it takes to make films ready to watch. Without names all parts but the
 * longest; each part writes its rows over those of its last run and leaves the others as they are.
 */
import { cpus, totalmem } from 'node:os';
import { type Figure, tableOf } from '../figure.ts';
import { savedFigures, saveFigures } from '../save-figures.ts';
import { Films, type Scale } from './films.ts';
import { hour } from './hour.ts';
import { kill } from './kill.ts';
import { ladder } from './ladder.ts';
import { memory } from './memory.ts';
import { pieces } from './pieces.ts';
import { playable } from './playable.ts';
import { uploading } from './uploading.ts';

/** A row that knows which part it comes from. */
interface Row extends Figure {
  part: string;
}

const PARTS = { ladder, playable, uploading, pieces, kill, memory, hour };
type Part = keyof typeof PARTS;
const LONG: readonly Part[] = ['hour'];

const FULL: Scale = { name: 'full', filmSeconds: 120, minutes: [1, 10, 60, 180], rounds: 3 };
/** Shows that everything runs. Its figures say nothing, so they go into a file of their own. */
const TINY: Scale = { name: 'tiny', filmSeconds: 10, minutes: [1 / 6], rounds: 1 };

const words = process.argv.slice(3);
const scale = words.includes('tiny') ? TINY : FULL;
const file = scale === FULL ? 'bench-media' : 'bench-media-tiny';
const named = words.filter((word) => word !== 'tiny');
const parts = named.length > 0 ? named.map(partOf) : partNames().filter((part) => !LONG.includes(part));

const films = new Films(scale);
for (const part of parts) {
  process.stdout.write(`${part}\n`);
  try {
    const figures = await PARTS[part](films);
    await keep(figures.map((figure) => ({ ...figure, part })));
  } catch (error) {
    // The others are measured all the same; hours may already lie behind this one.
    process.exitCode = 1;
    process.stdout.write(`  could not be measured: ${(error as Error).message}\n`);
  }
}

const rows = (await savedFigures<Row>(file)).filter((row) => parts.some((part) => part === row.part));
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
process.stdout.write(`\n${tableOf(`make bench-media, ${scale.name} films, on ${machine}`, rows)}\n`);

/** Puts the rows of a part in the place of its former ones. */
async function keep(rows: readonly Row[]): Promise<void> {
  const others = (await savedFigures<Row>(file)).filter(({ part }) => rows[0]?.part !== part);
  const order = partNames() as readonly string[];
  const all = [...others, ...rows].sort((one, other) => order.indexOf(one.part) - order.indexOf(other.part));
  await saveFigures(file, all);
}

function partOf(name: string): Part {
  const part = partNames().find((known) => known === name);
  if (part === undefined) throw new Error(`there is no part ${name}, only ${partNames().join(', ')} and the word tiny`);
  return part;
}

function partNames(): Part[] {
  return Object.keys(PARTS) as Part[];
}
