import { describe, expect, it } from 'vitest';
import type { PlaybackControl } from '@/api/generated/protocol';
import { person, roomView, SETTINGS, video } from '@/test/room-fixtures';
import { can, type Permission } from './permissions';

const why = (permission: Permission): string => (permission.allowed ? 'yes' : permission.why);

/** Ada owns the room, Ben is named, Cleo is a guest like any other. */
function room(playbackControl: PlaybackControl, settings = {}) {
  return roomView({
    settings: { ...SETTINGS, playbackControl, ...settings },
    participants: [
      person({ id: 'ada', role: 'owner', kind: 'account' }),
      person({ id: 'ben', role: 'participant', kind: 'account', selected: true }),
      person({ id: 'cleo', role: 'guest' }),
    ],
  });
}

describe('the table of permissions', () => {
  // ROOM-4, SYNC-12
  it.each([
    ['all', 'yes', 'yes', 'yes'],
    ['selected', 'yes', 'yes', 'not_allowed_to_control'],
    ['owner_only', 'yes', 'not_allowed_to_control', 'not_allowed_to_control'],
  ] as const)('with control by %s: owner %s, named %s, guest %s', (control, owner, named, guest) => {
    const view = room(control);
    expect(['ada', 'ben', 'cleo'].map((id) => why(can.control(view, id)))).toEqual([owner, named, guest]);
  });

  // SYNC-12
  it('lets nobody move a film that is not there or not ready', () => {
    expect(why(can.move({ ...room('all'), video: null }, 'ada'))).toBe('no_source');
    expect(why(can.move({ ...room('all'), video: video({ playable: false }) }, 'ada'))).toBe('source_not_ready');
    expect(why(can.move(room('all'), 'cleo'))).toBe('yes');
    expect(why(can.move({ ...room('owner_only'), video: null }, 'cleo'))).toBe('not_allowed_to_control');
  });

  // CHAT-1
  it('lets guests write only where guests may, and nobody where the chat is off', () => {
    expect(why(can.write(room('all', { guestChat: false }), 'cleo'))).toBe('guest_chat_off');
    expect(why(can.write(room('all', { guestChat: false }), 'ben'))).toBe('yes');
    expect(why(can.write(room('all', { guestChat: true }), 'cleo'))).toBe('yes');
    expect(why(can.write(room('all', { chat: false }), 'ada'))).toBe('chat_off');
  });

  // ROOM-5
  it('lets only the owner send people out, and never the owner himself', () => {
    expect(why(can.sendOut(room('all'), 'ada', 'cleo'))).toBe('yes');
    expect(why(can.sendOut(room('all'), 'ben', 'cleo'))).toBe('only_owner');
    expect(why(can.sendOut(room('all'), 'ada', 'ada'))).toBe('owner_is_locked');
    expect(why(can.sendOut(room('all', { ownerLock: false }), 'ada', 'ada'))).toBe('not_self');
  });

  // ROOM-4, ROOM-5
  it('keeps settings, names and the room itself for the owner', () => {
    expect(why(can.manage(room('all'), 'ben'))).toBe('only_owner');
    expect(why(can.makeOwner(room('all'), 'ada', 'ben'))).toBe('yes');
    expect(why(can.makeOwner(room('all'), 'ada', 'ada'))).toBe('not_self');
    expect(why(can.select(room('selected'), 'ada', 'cleo'))).toBe('yes');
    expect(why(can.select(room('selected'), 'ben', 'cleo'))).toBe('only_owner');
  });
});
