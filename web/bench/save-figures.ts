/** Keeps measured figures where other programs find them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.ts';

const folder = fileURLToPath(new URL('../../target/bench/', import.meta.url));

/** Writes target/bench/{name}.json. */
export async function saveFigures(name: string, figures: readonly Figure[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}${name}.json`, `${JSON.stringify(figures, null, 2)}\n`);
}
