import { describe, expect, it } from 'vitest';
import { commandWith, playbackWith } from '@/test/timeline-fixtures';
import { continues, positionAt, positionWithin, scheduled, timelineFrom, viewAt } from './timeline';

const moving = playbackWith({ isPlaying: true, anchorServerTimeMs: 10_000, anchorMediaTimeMs: 5_000 });

describe('the timeline', () => {
  // SYNC-2
  it('gives the position from anchor, time and rate', () => {
    expect(positionAt(moving, 12_000)).toBe(7_000);
    expect(positionAt({ ...moving, playbackRate: 1.5 }, 12_000)).toBe(8_000);
    expect(positionAt({ ...moving, isPlaying: false }, 99_000)).toBe(5_000);
  });

  // SYNC-10
  it('stands at its anchor before a scheduled start', () => {
    expect(positionAt(moving, 9_900)).toBe(5_000);
  });

  // ROOM-3
  it('does not go beyond the end of the film', () => {
    expect(positionWithin(moving, 99_000, 60_000)).toBe(60_000);
  });

  // SYNC-10
  it('keeps the old movement until a command is due', () => {
    const pause = commandWith({ anchorServerTimeMs: 12_000, anchorMediaTimeMs: 7_000, sequenceNumber: 2 }, 'PAUSE');
    const timeline = scheduled(timelineFrom(moving), pause, 11_900);
    expect(viewAt(timeline, 11_950)).toMatchObject({ current: moving, goal: pause.playback, goalAt: 12_000 });
    expect(viewAt(timeline, 12_000).current).toEqual(pause.playback);
  });

  // SYNC-6
  it('lets a newer command replace what had been scheduled after it', () => {
    const first = commandWith({ anchorServerTimeMs: 12_300, sequenceNumber: 2 });
    const second = commandWith({ anchorServerTimeMs: 12_100, sequenceNumber: 3 });
    const timeline = scheduled(scheduled(timelineFrom(moving), first, 12_000), second, 12_010);
    expect(viewAt(timeline, 20_000).current.sequenceNumber).toBe(3);
  });

  // SYNC-9
  it('tells a change of speed from a jump', () => {
    const faster = { ...moving, playbackRate: 2, anchorServerTimeMs: 12_000, anchorMediaTimeMs: 7_000 };
    expect(continues(moving, faster)).toBe(true);
    expect(continues(moving, { ...faster, anchorMediaTimeMs: 40_000 })).toBe(false);
    expect(continues(moving, { ...faster, source: { kind: 'none' } })).toBe(false);
  });
});
