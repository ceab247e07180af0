import { expect, test } from 'vitest';
import { grantFor } from '@/test/mock-server';
import {
  forgetGuest,
  guestRoom,
  guestToken,
  markOutside,
  rememberedNickname,
  rememberGrant,
  wasInside,
} from './room-memory';

const DAY_MS = 24 * 3600 * 1000;

// ACC-6
test('a guest stays the same person in each of his rooms', () => {
  rememberGrant(grantFor('AAAA2222', 'Ada'), DAY_MS);
  rememberGrant(grantFor('CCCC3333', 'Ada'), 2 * DAY_MS);
  expect(guestToken('AAAA2222')).toBe('guest-of-AAAA2222');
  expect(guestToken('CCCC3333')).toBe('guest-of-CCCC3333');
  expect(rememberedNickname()).toBe('Ada');
});

// ACC-6
test('tokens are forgotten when they have lapsed anyway', () => {
  rememberGrant(grantFor('AAAA2222', 'Ada'), DAY_MS);
  rememberGrant(grantFor('CCCC3333', 'Ada'), 9 * DAY_MS);
  expect(guestToken('AAAA2222')).toBeUndefined();
});

// SYNC-7
test('a tab that was inside knows it after a reload, until it leaves', () => {
  rememberGrant(grantFor('AAAA2222', 'Ada'));
  expect(wasInside('AAAA2222')).toBe(true);
  expect(wasInside('CCCC3333')).toBe(false);
  markOutside();
  expect(wasInside('AAAA2222')).toBe(false);
});

// ACC-6
test('an account takes over the guest of one room, and who he is elsewhere stays', () => {
  rememberGrant(grantFor('AAAA2222', 'Ada'));
  rememberGrant(grantFor('CCCC3333', 'Ada'));
  forgetGuest('AAAA2222');
  expect(guestToken('AAAA2222')).toBeUndefined();
  expect(guestToken('CCCC3333')).toBe('guest-of-CCCC3333');
});

// ACC-6
test('somebody comes from the room that his address names, or that this tab is in, or that he visited last', () => {
  rememberGrant(grantFor('AAAA2222', 'Ada'), DAY_MS);
  rememberGrant(grantFor('EEEE5555', 'Ada'), 3 * DAY_MS);
  rememberGrant(grantFor('CCCC3333', 'Ada'), 2 * DAY_MS);
  expect(guestRoom('AAAA2222')).toBe('AAAA2222');
  expect(guestRoom()).toBe('CCCC3333');
  markOutside();
  expect(guestRoom()).toBe('EEEE5555');
  expect(guestRoom('GGGG7777')).toBe('EEEE5555');
});

// ACC-6
test('somebody who is no guest anywhere comes from nowhere', () => {
  expect(guestRoom('AAAA2222')).toBeUndefined();
});
