import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(js|css|html|svg|json|txt|webmanifest)$/;
/** Smaller files gain less than the header that announces the encoding costs. */
const WORTH_BYTES = 1024;

/** Lays a Brotli and a gzip form beside each text file of the build; the server sends what the browser takes. */
export function precompress(): Plugin {
  let folder = 'dist';
  return {
    name: 'syncwatch-precompress',
    apply: 'build',
    configResolved: (config) => {
      folder = config.build.outDir;
    },
    closeBundle: async () => {
      const names = await readdir(folder, { recursive: true });
      const texts = names.filter((name) => TEXT.test(name));
      await Promise.all(texts.map((name) => compress(join(folder, name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const original = await readFile(path);
  if (original.length < WORTH_BYTES) return;
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(original, best));
  await writeFile(`${path}.gz`, await promisify(gzip)(original, { level: 9 }));
}
