import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// One scenario at a time: browsers, server and FFmpeg share the machine, and figures are taken while a film plays.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../node_modules/.vite-e2e', import.meta.url)),
  test: {
    include: ['**/*.test.ts'],
    fileParallelism: false,
    sequence: { concurrent: false },
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
