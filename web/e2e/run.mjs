/** Runs a TypeScript program of this folder: `node run.mjs program.ts`. Node.js 20 cannot do that by itself, Vite can. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const program = new URL(process.argv[2] ?? '', import.meta.url);
await runnerImport(fileURLToPath(program), { configFile: false, logLevel: 'error' });
