/** Keeps measured figures where other programs find them. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.ts';

const folder = fileURLToPath(new URL('../../target/bench/', import.meta.url));

/** Writes target/bench/{name}.json. */
export async function saveFigures(name: string, figures: readonly Figure[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}${name}.json`, `${JSON.stringify(figures, null, 2)}\n`);
}

/** What the last run wrote there; nothing when there was none. */
export async function savedFigures<Row extends Figure>(name: string): Promise<Row[]> {
  const file = `${folder}${name}.json`;
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Row[]) : [];
}
