import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import type { Participant } from '@/api/generated/protocol';
import { person } from '@/test/room-fixtures';
import { ringOf, syncWords } from './sync-words';

/** Shows the key and what it was given. */
const t = ((key: string, values?: object) =>
  values ? `${key} ${Object.values(values)}` : key) as unknown as TFunction;
const words = (changes: Partial<Participant>): string => syncWords(person(changes), t, 'en');

describe('the sync state of a person', () => {
  // SYNC-13
  it.each([
    ['synced', 'good'],
    ['drifting', 'soft'],
    ['desynced', 'off'],
    ['stalled', 'off'],
    ['unknown', 'unknown'],
  ] as const)('%s is a ring that is %s', (sync, ring) => {
    expect(ringOf(person({ sync }))).toBe(ring);
  });

  // SYNC-13
  it('says by how much and in which direction', () => {
    expect(words({ sync: 'synced', driftMs: 3 })).toBe('people.sync.synced people.exact');
    expect(words({ sync: 'drifting', driftMs: -320 })).toBe('people.sync.drifting people.behind 320 ms');
    expect(words({ sync: 'desynced', driftMs: 1_840 })).toBe('people.sync.desynced people.ahead 1.8 sec');
  });

  // SYNC-13
  it('says nothing of the picture of somebody who is not connected', () => {
    expect(words({ presence: 'away', sync: 'synced', driftMs: 2 })).toBe('people.sync.away');
    expect(ringOf(person({ presence: 'away', sync: 'synced' }))).toBe('unknown');
  });
});
