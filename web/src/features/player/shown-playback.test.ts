import { describe, expect, it } from 'vitest';
import type { Waiting } from '@/api/generated/protocol';
import type { LiveRoom, PlaybackWish } from '@/connection';
import { scheduled, timelineFrom } from '@/sync';
import { roomView } from '@/test/room-fixtures';
import { commandWith, playbackWith } from '@/test/timeline-fixtures';
import { shownPlayback, shownPosition, shownWaiting } from './shown-playback';

const moving = playbackWith({ isPlaying: true, anchorServerTimeMs: 10_000, anchorMediaTimeMs: 5_000 });
const pending = (wish: PlaybackWish) => ({ id: 'key', since: 0, wish });

function live(changes: Partial<LiveRoom> = {}): LiveRoom {
  return {
    connection: { kind: 'live', since: 0, returned: false },
    me: 'ada',
    room: roomView({ playback: moving }),
    timeline: timelineFrom(moving),
    chat: { messages: [], own: [], more: false, loadingOlder: false },
    pending: null,
    offerUntil: null,
    deed: null,
    notice: null,
    ...changes,
  };
}

describe('what the controls show', () => {
  // WEB-7
  it.each([
    [{ kind: 'pause' }, false, 1],
    [{ kind: 'play' }, true, 1],
    [{ kind: 'rate', rate: 1.5 }, true, 1.5],
    [{ kind: 'source' }, true, 1],
  ] as const)("one's own %j before the room has answered", (wish, isPlaying, rate) => {
    expect(shownPlayback(roomView({ playback: moving }), pending(wish))).toEqual({ isPlaying, rate });
  });

  // WEB-7
  it('is the room again as soon as nothing is pending', () => {
    expect(shownPlayback(roomView({ playback: moving }), null)).toEqual({ isPlaying: true, rate: 1 });
  });

  // BEY-4, WEB-7
  it('means to play while the room waits, until one pauses it oneself', () => {
    const waiting: Waiting = { cause: 'rebuffer', participants: ['ben'], untilMs: 20_000 };
    const room = roomView({ waiting });
    expect(shownPlayback(room, null).isPlaying).toBe(true);
    expect(shownWaiting(room, null)).toEqual(waiting);
    expect(shownPlayback(room, pending({ kind: 'pause' })).isPlaying).toBe(false);
    expect(shownWaiting(room, pending({ kind: 'pause' }))).toBeNull();
  });

  // SYNC-2
  it('follows the timeline, to the end of the film and not beyond', () => {
    expect(shownPosition(live(), 12_000)).toBe(7_000);
    expect(shownPosition(live(), 9_000_000_000)).toBe(3_600_000);
  });

  // WEB-7, SYNC-10
  it('is where one wants to go, and where the room is about to be', () => {
    expect(shownPosition(live({ pending: pending({ kind: 'seek', mediaTimeMs: 42 }) }), 12_000)).toBe(42);
    const seek = commandWith({
      anchorServerTimeMs: 12_100,
      anchorMediaTimeMs: 60_000,
      isPlaying: true,
      sequenceNumber: 2,
    });
    const timeline = scheduled(timelineFrom(moving), seek, 12_000);
    expect(shownPosition(live({ timeline }), 12_000)).toBe(60_000);
  });
});
