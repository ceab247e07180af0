/** The live room for components: a session above them, and hooks that subscribe to a slice. */

import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { RoomView } from '@/api/generated/protocol';
import type { LiveRoom } from './live-room';
import type { RoomSession } from './room-session';

const SessionContext = createContext<RoomSession | null>(null);

export function SessionProvider({ session, children }: { session: RoomSession; children: ReactNode }) {
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

export function useSession(): RoomSession {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('this component belongs inside a room');
  return session;
}

export function useLive<Slice>(select: (state: LiveRoom) => Slice): Slice {
  return useStore(useSession().store, select);
}

/** A slice of the room itself; inside the room's page there always is one. */
export function useRoom<Slice>(select: (room: RoomView, state: LiveRoom) => Slice): Slice {
  return useLive((state) => {
    if (state.room === null) throw new Error('the room has not been entered yet');
    return select(state.room, state);
  });
}
