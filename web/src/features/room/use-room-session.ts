import { useEffect, useState } from 'react';
import type { JoinGrant } from '@/api/types';
import { RoomSession } from '@/connection';

/** The stay in the room, for as long as its page is open. */
export function useRoomSession(grant: JoinGrant): RoomSession | null {
  const [session, setSession] = useState<RoomSession | null>(null);
  useEffect(() => {
    const opened = new RoomSession(grant);
    opened.start();
    setSession(opened);
    return () => opened.stop();
  }, [grant]);
  return session;
}
