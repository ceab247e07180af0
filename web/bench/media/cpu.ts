/** Processor time, as Linux counts it. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Of a process itself, in seconds. */
export function cpuOf(pid: number): number {
  const { user, system } = times(pid);
  return user + system;
}

/** Of everything that a process has started, ended or not, in seconds. */
export function cpuOfChildren(pid: number): number {
  const { endedUser, endedSystem } = times(pid);
  return childrenOf(pid).reduce((sum, child) => sum + livingCpu(child), endedUser + endedSystem);
}

/** Of everything that this process waits for meanwhile, in seconds. */
export async function cpuDuring(work: () => Promise<unknown>): Promise<number> {
  const before = cpuOfChildren(process.pid);
  await work();
  return cpuOfChildren(process.pid) - before;
}

export function childrenOf(pid: number): number[] {
  const processes = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return processes.filter((candidate) => {
    try {
      return parentOf(candidate) === pid;
    } catch {
      return false;
    }
  });
}

/** Who ends between two looks is counted as ended at the next one. */
function livingCpu(pid: number): number {
  try {
    return cpuOf(pid);
  } catch {
    return 0;
  }
}

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK']));

function times(pid: number): { user: number; system: number; endedUser: number; endedSystem: number } {
  const [user = Number.NaN, system = Number.NaN, endedUser = Number.NaN, endedSystem = Number.NaN] = statOf(pid)
    .slice(11, 15)
    .map((ticks) => Number(ticks) / TICKS_PER_SECOND);
  return { user, system, endedUser, endedSystem };
}

const parentOf = (pid: number): number => Number(statOf(pid)[1]);

/** The third and all further fields of proc(5). The name before them may hold anything, brackets too. */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
