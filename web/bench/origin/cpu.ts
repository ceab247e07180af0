/** Processor time of other processes, as Linux counts it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own clock does. */
const TICKS_A_SECOND = 100;

/** Seconds that a process and those it started have spent so far, in the kernel as well. */
export function cpuSeconds(pid: number): number {
  const own = fields(pid);
  return own === null ? 0 : own.seconds + childrenOf(pid).reduce((sum, child) => sum + cpuSeconds(child), 0);
}

function childrenOf(pid: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((other) => fields(other)?.parent === pid);
}

function fields(pid: number): { parent: number; seconds: number } | null {
  try {
    // The name stands in brackets and may hold anything; what follows the last one is numbers.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const rest = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(rest[1]), seconds: (Number(rest[11]) + Number(rest[12])) / TICKS_A_SECOND };
  } catch {
    return null;
  }
}
