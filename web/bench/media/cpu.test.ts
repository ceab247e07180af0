import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { until } from '../../e2e/harness/until.ts';
import { childrenOf, cpuDuring, cpuOfChildren } from './cpu.ts';

const busy = (): ReturnType<typeof spawn> => spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' });

test('counts what a child has used while it runs, and the same when it has ended', async () => {
  let running = Number.NaN;
  const counted = await cpuDuring(async () => {
    const before = cpuOfChildren(process.pid);
    const child = busy();
    running = await until('the child has used some time', 20_000, () => {
      const used = cpuOfChildren(process.pid) - before;
      return used > 0.05 && used;
    });
    expect(childrenOf(process.pid)).toContain(child.pid);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(childrenOf(process.pid)).not.toContain(child.pid);
  });
  expect(counted).toBeGreaterThanOrEqual(running);
});
