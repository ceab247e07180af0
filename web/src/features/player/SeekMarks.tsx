import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Participant } from '@/api/generated/protocol';
import { useLive, useRoom } from '@/connection';
import { personColour } from '@/ui/person-colour';
import type { PlayerStore } from './player-store';
import { shareOf, stragglers, stretch } from './seek-bar';

const NOBODY: readonly Participant[] = [];

interface SeekMarksProps {
  status: PlayerStore;
  lengthMs: number;
  madeUntilMs: number | null;
}

/** Drawn on the track: what is buffered, what is not made yet, and where people are who are elsewhere. */
export function SeekMarks({ status, lengthMs, madeUntilMs }: SeekMarksProps) {
  const buffered = useStore(status, (state) => state.buffered);
  // Without a connection nobody knows where they are by now.
  const participants = useRoom((room, { connection }) => (connection.kind === 'live' ? room.participants : NOBODY));
  const me = useLive((state) => state.me);
  const apart = useMemo(() => stragglers(participants, me), [participants, me]);
  return (
    <>
      {buffered.map((range) => (
        <span key={range.startMs} className="absolute h-full bg-line-strong" style={stretch(range, lengthMs)} />
      ))}
      {madeUntilMs === null ? null : (
        <span
          className="absolute h-full bg-[repeating-linear-gradient(135deg,transparent_0_4px,var(--line-strong)_4px_5px)]"
          style={stretch({ startMs: madeUntilMs, endMs: lengthMs }, lengthMs)}
        />
      )}
      {apart.map(({ id, colour, positionMs }) => (
        <span
          key={id}
          className="absolute h-full w-1 rounded-full"
          style={{ left: `${shareOf(positionMs, lengthMs) * 100}%`, background: personColour(colour) }}
        />
      ))}
    </>
  );
}
