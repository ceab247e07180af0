/** What the first page asks of a visitor's connection. */
import { gzipSync } from 'node:zlib';
import { openBrowsers } from '../e2e/harness/browsers.ts';
import { startProgram } from '../e2e/harness/program.ts';
import { atMost, type Figure } from './figure.ts';

/** All JavaScript that the home page loads until it has nothing more to load, each file compressed by gzip. */
export async function firstPage(): Promise<Figure> {
  const program = await startProgram();
  const browsers = openBrowsers();
  const page = await (await browsers.context('chromium')).newPage();
  const scripts = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (response.headers()['content-type']?.includes('javascript')) scripts.set(response.url(), response.body());
  });
  await page.goto(program.url, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Start a room', exact: true }).waitFor();
  const bodies = await Promise.all(scripts.values());
  await browsers.close();
  await program.dispose();
  if (bodies.length === 0) throw new Error('the page loaded no script at all');
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
  return atMost(170, 'kB', 'JavaScript of the first page, gzip', bytes / 1000);
}
