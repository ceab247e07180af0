/** The arithmetic of the seek bar. */

import type { MediaTime, Participant, ParticipantId } from '@/api/generated/protocol';
import type { BufferedRange } from '@/sync';

export function shareOf(positionMs: MediaTime, lengthMs: MediaTime): number {
  return lengthMs <= 0 ? 0 : Math.min(1, Math.max(0, positionMs / lengthMs));
}

/** A range as percentages of the film. */
export function stretch(range: BufferedRange, lengthMs: MediaTime): { left: string; width: string } {
  const left = shareOf(range.startMs, lengthMs) * 100;
  const right = shareOf(range.endMs, lengthMs) * 100;
  return { left: `${left}%`, width: `${Math.max(0, right - left)}%` };
}

/** Room to begin before the made part ends: a place where nobody can start helps nobody. */
const BEFORE_THE_END_MS = 3_000;

/** Where a seek may go while the film is being made. */
export function reachable(toMs: MediaTime, madeUntilMs: MediaTime | null): MediaTime {
  return madeUntilMs === null ? toMs : Math.min(toMs, Math.max(0, madeUntilMs - BEFORE_THE_END_MS));
}

export type Straggler = { id: ParticipantId; name: string; colour: number; positionMs: MediaTime };

/** Who is plainly somewhere else: only those are marked on the bar. */
export function stragglers(participants: readonly Participant[], me: ParticipantId): Straggler[] {
  return participants.flatMap(({ id, name, colour, sync, positionMs }) => {
    const apart = id !== me && (sync === 'desynced' || sync === 'stalled') && positionMs !== null;
    return apart ? [{ id, name, colour, positionMs }] : [];
  });
}
