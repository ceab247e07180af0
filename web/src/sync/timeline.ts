/**
 * Where the film is (SYNC-2): anchor arithmetic, and the short while in which a command is known but not yet due.
 */

import type { MediaTime, PlaybackState, ServerTime, SyncCommand } from '@/api/generated/protocol';

/** The film's position at a moment. Before its anchor it is the anchor's own: people wait there, ready. */
export function positionAt(playback: PlaybackState, now: ServerTime): MediaTime {
  if (!playback.isPlaying) return playback.anchorMediaTimeMs;
  const elapsed = Math.max(0, now - playback.anchorServerTimeMs);
  return playback.anchorMediaTimeMs + elapsed * playback.playbackRate;
}

/** Like `positionAt`, and never beyond the film's end. */
export function positionWithin(playback: PlaybackState, now: ServerTime, durationMs: number | null): MediaTime {
  const position = positionAt(playback, now);
  return durationMs === null ? position : Math.min(position, durationMs);
}

/** Two states are one movement when the second goes on where the first is at its anchor: only its speed may differ. */
export function continues(before: PlaybackState, after: PlaybackState): boolean {
  if (!before.isPlaying || !sameSource(before, after)) return false;
  const handover = after.anchorServerTimeMs;
  return Math.abs(positionAt(before, handover) - after.anchorMediaTimeMs) < CONTINUITY_MS;
}
/** The server anchors in whole milliseconds; anything larger is a seek that people can see. */
const CONTINUITY_MS = 20;

export function sameSource(a: PlaybackState, b: PlaybackState): boolean {
  if (a.source.kind !== 'video' || b.source.kind !== 'video') return a.source.kind === b.source.kind;
  return a.source.videoId === b.source.videoId;
}

/** What holds now, and what will hold from `goal`'s moment on (the same once it is due). */
export type TimelineView = { current: PlaybackState; goal: PlaybackState; goalAt: ServerTime };

export type Timeline = { current: PlaybackState; next: readonly ScheduledState[] };
type ScheduledState = { at: ServerTime; playback: PlaybackState };

export function timelineFrom(playback: PlaybackState): Timeline {
  return { current: playback, next: [] };
}

/** Adds an accepted command. What was to happen at or after its moment no longer will: the newer command knew of it. */
export function scheduled(timeline: Timeline, command: SyncCommand, now: ServerTime): Timeline {
  const { current, next } = settled(timeline, now);
  const earlier = next.filter((state) => state.at < command.atServerTimeMs);
  return { current, next: [...earlier, { at: command.atServerTimeMs, playback: command.playback }] };
}

/** The timeline with everything due made current. */
export function settled(timeline: Timeline, now: ServerTime): Timeline {
  const due = timeline.next.filter((state) => state.at <= now);
  if (due.length === 0) return timeline;
  return { current: due.at(-1)?.playback ?? timeline.current, next: timeline.next.filter((state) => state.at > now) };
}

export function viewAt(timeline: Timeline, now: ServerTime): TimelineView {
  const { current, next } = settled(timeline, now);
  const last = next.at(-1);
  return { current, goal: last?.playback ?? current, goalAt: last?.at ?? current.anchorServerTimeMs };
}
