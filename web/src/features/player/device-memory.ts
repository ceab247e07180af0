/**
 * What this device was found to take for starts and seeks, kept for its next room: the first start there is then as well
 * timed as the tenth. It is a convenience, so storage that is closed or holds nonsense is as good as empty.
 */

import { z } from 'zod';
import type { Adapter } from '@/players';
import type { Lags } from '@/sync';

const LONGEST_MS = 10_000;
const lag = z.number().min(0).max(LONGEST_MS);
const stored = z.object({ startMs: lag, restartMs: lag, seekMs: lag, loadMs: lag });
const keyOf = (adapter: Adapter): string => `syncwatch.lags.${adapter}`;

export function rememberedLags(adapter: Adapter, usual: Lags): Lags {
  try {
    return stored.parse(JSON.parse(localStorage.getItem(keyOf(adapter)) ?? 'null'));
  } catch {
    return usual;
  }
}

export function rememberLags(adapter: Adapter, lags: Lags): void {
  try {
    localStorage.setItem(keyOf(adapter), JSON.stringify(lags));
  } catch {
    // Private windows may refuse; then the next room learns it again.
  }
}
