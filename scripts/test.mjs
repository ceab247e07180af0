/** Runs every check, goes on after a failure, and ends with one line of counts. `node scripts/test.mjs all|quick` */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closingLine, countsOf } from './counts.mjs';

const make = (...targets) => ['make', targets];
const vitest = (...args) => ['npx', ['vitest', 'run', ...args], 'web'];

const quick = [
  { name: 'scripts', run: ['node', ['--test', 'scripts/counts.test.mjs', 'scripts/image.test.mjs']], runner: 'node' },
  { name: 'format', run: make('lint-format') },
  { name: 'clippy', run: make('lint-rust') },
  { name: 'web packages', run: make('node-modules', 'tools') },
  { name: 'types', run: make('lint-types') },
  { name: 'biome', run: make('lint-web') },
  { name: 'generated files', run: make('compare-generated') },
  { name: 'web unit tests', run: vitest(), runner: 'vitest' },
];
const servers = [
  // Before the Rust tests: one of them asks the program for the page.
  { name: 'web application', run: make('web/dist/index.html') },
  { name: 'rust tests', run: ['cargo', ['test', '--workspace', '--locked', '--no-fail-fast', '--quiet']], runner: 'cargo' },
  { name: 'release build', run: make('build') },
  { name: 'two browsers', run: vitest('-c', 'e2e/vitest.config.ts'), runner: 'vitest' },
];
const pure = ['syncwatch-protocol', 'syncwatch-room', 'syncwatch-media'].flatMap((crate) => ['-p', crate]);
const unit = { name: 'rust unit tests', run: ['cargo', ['test', '--locked', '--no-fail-fast', '--quiet', ...pure]], runner: 'cargo' };

const plans = { all: [...quick, ...servers], quick: [...quick, unit] };

async function runStep({ name, run: [program, args, folder = '.'], runner }) {
  process.stdout.write(`\n== ${name}\n`);
  const started = Date.now();
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
    from.setEncoding('utf8').on('data', (text) => {
      output += text;
      to.write(text);
    });
  }
  child.on('error', (error) => process.stderr.write(`${error.message}\n`));
  const exitCode = await once(child, 'close').then(([code]) => code, () => 1);
  return { name, seconds: Math.round((Date.now() - started) / 1000), ...countsOf({ runner, output, exitCode }) };
}

const steps = plans[process.argv[2]];
if (!steps) {
  process.stderr.write(`which tests? ${Object.keys(plans).join(' or ')}\n`);
  process.exit(2);
}
const results = [];
for (const step of steps) results.push(await runStep(step));

process.stdout.write('\n');
for (const { name, passed, failed, skipped, seconds } of results) {
  const verdict = failed > 0 ? 'FAILED' : 'ok';
  const counts = passed + failed + skipped > 0 ? `${passed} passed, ${failed} failed, ${skipped} skipped` : '';
  process.stdout.write(`${verdict.padEnd(7)} ${name.padEnd(18)} ${String(seconds).padStart(4)} s  ${counts}\n`);
}
process.stdout.write(`\n${closingLine(results)}\n`);
process.exit(results.some(({ failed }) => failed > 0) ? 1 : 0);
