import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import type { Participant } from '@/api/generated/protocol';
import { person, roomView, video } from '@/test/room-fixtures';
import { playbackWith } from '@/test/timeline-fixtures';
import { type Outlook, outlookOf, ringOf, syncWords } from './sync-words';

/** Shows the key and what it was given. */
const t = ((key: string, values?: object) =>
  values ? `${key} ${Object.values(values)}` : key) as unknown as TFunction;
const words = (changes: Partial<Participant>, outlook: Outlook = 'playing', isMe = false): string =>
  syncWords(person(changes), outlook, isMe, t, 'en');

describe('the sync state of a person', () => {
  // SYNC-13
  it.each([
    ['synced', 'good'],
    ['drifting', 'soft'],
    ['desynced', 'off'],
    ['stalled', 'off'],
    ['unknown', 'unknown'],
  ] as const)('%s is a ring that is %s', (sync, ring) => {
    expect(ringOf(person({ sync }), 'playing', false)).toBe(ring);
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
    expect(ringOf(person({ presence: 'away', sync: 'synced' }), 'playing', false)).toBe('unknown');
  });

  // SYNC-13, WEB-7
  it('is not known of others without a connection, and is connecting of oneself', () => {
    const green = { sync: 'synced', driftMs: 2 } as const;
    expect(ringOf(person(green), 'unconnected', false)).toBe('unknown');
    expect(ringOf(person(green), 'unconnected', true)).toBe('connecting');
    expect(words(green, 'unconnected')).toBe('people.sync.unseen');
    expect(words(green, 'unconnected', true)).toBe('people.sync.connecting');
  });

  // SYNC-13, WEB-7
  it.each([
    ['no_film', 'people.sync.unknown'],
    ['paused', 'people.sync.paused'],
    ['playing', 'people.sync.unmeasured'],
  ] as const)('that was not measured is explained by a room that is %s', (outlook, said) => {
    expect(words({ sync: 'unknown' }, outlook)).toBe(said);
  });

  // SYNC-13
  it('is read from a room as this page hears it', () => {
    const live = { kind: 'live', since: 0, returned: false } as const;
    const playing = roomView({ playback: playbackWith({ isPlaying: true }) });
    expect(outlookOf({ connection: live, room: playing })).toBe('playing');
    expect(outlookOf({ connection: live, room: roomView() })).toBe('paused');
    expect(outlookOf({ connection: live, room: roomView({ video: video({ playable: false }) }) })).toBe('no_film');
    expect(outlookOf({ connection: { kind: 'silent', since: 0 }, room: playing })).toBe('unconnected');
  });
});
