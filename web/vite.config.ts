import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { precompress } from './build/precompress';

// `npm run dev` serves the pages and hands everything else to a running `syncwatch` program.
const server = process.env.SYNCWATCH_SERVER ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react(), tailwindcss(), precompress()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    // The oldest that know `light-dark()` themselves; rewritten for older ones, it could not be set for part of a page.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // The content security policy allows no `data:` scripts or fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    sourcemap: true,
    manifest: true,
  },
  server: {
    proxy: {
      '/api': server,
      '/media': server,
      '/health': server,
      '/rt': { target: server, ws: true },
    },
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['./src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
    restoreMocks: true,
  },
});
