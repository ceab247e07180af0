/** How soon the program answers, and what it holds when nobody is there. */
import { startProgram } from '../e2e/harness/program.ts';
import { until } from '../e2e/harness/until.ts';
import { atMost, type Figure } from './figure.ts';
import { residentMiB } from './memory.ts';

const STARTS = 7;

/** From the start of the process to its first `ready`, each time with an empty data folder; the slowest of several. */
export async function coldStart(): Promise<Figure> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const program = await startProgram();
    times.push(program.readyAfterMs);
    await program.dispose();
  }
  return atMost(1, 's', `cold start to ready, slowest of ${STARTS}`, Math.max(...times) / 1000);
}

/** Resident memory once it has stopped to grow after the start. */
export async function idleMemory(): Promise<Figure> {
  const program = await startProgram();
  let last = 0;
  await until(
    'the memory has settled',
    30_000,
    () => {
      const before = last;
      last = residentMiB(program.pid);
      return Math.abs(last - before) < 0.1;
    },
    3000,
  );
  await program.dispose();
  return atMost(60, 'MiB', 'idle resident memory', last);
}
