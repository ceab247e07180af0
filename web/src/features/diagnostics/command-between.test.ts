import { expect, test } from 'vitest';
import { playbackWith } from '@/test/timeline-fixtures';
import { commandBetween } from './command-between';

// WEB-6
test.each([
  [{ isPlaying: true }, 'PLAY'],
  [{ anchorMediaTimeMs: 5_000 }, 'SEEK'],
  [{ playbackRate: 1.5 }, 'SET_RATE'],
  [{ source: { kind: 'none' } }, 'SET_SOURCE'],
  [{ epoch: 2, isPlaying: true }, 'STATE_SNAPSHOT'],
] as const)('a state that differs by %j was led to by %s', (changes, kind) => {
  expect(commandBetween(playbackWith(), playbackWith({ sequenceNumber: 2, ...changes }))).toBe(kind);
});

// WEB-6
test('a film that stands where it moved was paused', () => {
  expect(commandBetween(playbackWith({ isPlaying: true }), playbackWith({ sequenceNumber: 2 }))).toBe('PAUSE');
});
