/** What this person sets for his own player, on this device (BEY-5): nobody else sees or hears a difference. */

import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export type PersonalSync = {
  /** So much ahead of the room his player runs: for a loudspeaker that is late by it. */
  offsetMs: number;
  /** What he does not mind; below it nothing is corrected. */
  toleranceMs: number;
};

export const OFFSET = { leastMs: -500, mostMs: 500, stepMs: 10 } as const;
/** Well below what counts as in step, and above what weak devices and busy networks come to by themselves. */
export const RELAXED_MS = 100;

const STORAGE_KEY = 'syncwatch.personal-sync';
const AS_THE_ROOM: PersonalSync = { offsetMs: 0, toleranceMs: 0 };

export const personalSync = createStore<PersonalSync>(remembered);

export function usePersonalSync(): PersonalSync {
  return useStore(personalSync);
}

export function setOffset(offsetMs: number): void {
  change({ offsetMs: onScale(offsetMs) });
}

export function setRelaxed(relaxed: boolean): void {
  change({ toleranceMs: relaxed ? RELAXED_MS : 0 });
}

/** What a device has kept, whatever is in there. */
export function parsePersonalSync(stored: string | null): PersonalSync {
  try {
    const { offsetMs, toleranceMs } = { ...AS_THE_ROOM, ...(JSON.parse(stored ?? '{}') as object) };
    return { offsetMs: onScale(offsetMs), toleranceMs: toleranceMs === RELAXED_MS ? RELAXED_MS : 0 };
  } catch {
    return AS_THE_ROOM;
  }
}

function change(changes: Partial<PersonalSync>): void {
  personalSync.setState(changes);
  localStorage.setItem(STORAGE_KEY, JSON.stringify(personalSync.getState()));
}

function remembered(): PersonalSync {
  return parsePersonalSync(localStorage.getItem(STORAGE_KEY));
}

function onScale(offsetMs: unknown): number {
  if (typeof offsetMs !== 'number' || !Number.isFinite(offsetMs)) return 0;
  const { leastMs, mostMs, stepMs } = OFFSET;
  // Adding 0 turns the -0 of a small negative number into 0.
  return Math.min(mostMs, Math.max(leastMs, Math.round(offsetMs / stepMs) * stepMs)) + 0;
}
