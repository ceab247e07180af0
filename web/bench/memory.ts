/** Memory of another process, as Linux counts it. */
import { readFileSync } from 'node:fs';

/** Resident memory without the page cache, which belongs to nobody. */
export function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
