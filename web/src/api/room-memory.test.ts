import { expect, test } from 'vitest';
import { grantFor } from '@/test/mock-server';
import {
  forgetGuests,
  guestToken,
  latestGuestToken,
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
  expect(latestGuestToken()).toBe('guest-of-CCCC3333');
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
test('an account that took the guest over leaves no second person behind', () => {
  rememberGrant(grantFor('AAAA2222', 'Ada'));
  forgetGuests();
  expect(guestToken('AAAA2222')).toBeUndefined();
});
