import { expect, test } from 'vitest';
import type { QueueItem } from '@/api/generated/protocol';
import { video } from '@/test/room-fixtures';
import { mayComeNow } from './queue-choice';

const READY: QueueItem = {
  videoId: 'v2',
  title: 'Second',
  status: 'ready',
  playable: true,
  addedBy: 'ada',
  addedByName: 'Ada',
};
const COMING: QueueItem = { ...READY, status: 'processing', playable: false };
const FAILED: QueueItem = { ...READY, status: 'failed', playable: false };
const watching = { video: video(), status: 'playing' } as const;

// ROOM-7
test('a film that can be watched comes on whenever it is wanted, also while the rest of it is made', () => {
  expect(mayComeNow(READY, watching)).toBe(true);
  expect(mayComeNow({ ...COMING, playable: true }, watching)).toBe(true);
});

// ROOM-7
test('a film that is not ready does not take the place of one that is', () => {
  expect(mayComeNow(COMING, watching)).toBe(false);
  expect(mayComeNow(COMING, { video: null, status: 'created' })).toBe(true);
  expect(mayComeNow(COMING, { video: video({ playable: false, status: 'failed' }), status: 'waiting' })).toBe(true);
  expect(mayComeNow(COMING, { video: video(), status: 'ended' })).toBe(true);
});

// ROOM-7, TRN-6
test('a film that failed never comes on', () => {
  expect(mayComeNow(FAILED, watching)).toBe(false);
  expect(mayComeNow(FAILED, { video: null, status: 'created' })).toBe(false);
});

// ROOM-7, TRN-3
test('a film of which only a part could be made comes on, and keeps its place while it is on', () => {
  const inPart = { status: 'failed', playable: true } as const;
  expect(mayComeNow({ ...FAILED, ...inPart }, watching)).toBe(true);
  expect(mayComeNow(COMING, { video: video(inPart), status: 'playing' })).toBe(false);
});
