import { useCallback, useEffect, useState } from 'react';
import type { CloseReason, Code } from '@/api/generated/protocol';
import { ProblemError } from '@/api/problem';
import { wasInside } from '@/api/room-memory';
import { dropKeptGrant, joinRoom, keptGrant, leaveRoom } from '@/api/rooms';
import type { JoinGrant } from '@/api/types';
import { backOffMs } from '@/lib/back-off';

/** Why somebody stands outside: the room closed behind him, or the server refused him. */
export type WayOut = CloseReason | Code | 'unknown';

type Entrance =
  | { kind: 'returning'; attempt: number; unreachable: boolean }
  | { kind: 'lobby' }
  | { kind: 'inside'; grant: JoinGrant }
  | { kind: 'out'; why: WayOut };

/** Refusals that the lobby itself can deal with: it asks for what is missing. */
const ASK_AGAIN: ReadonlySet<string> = new Set([
  'room_password_needed',
  'room_password_wrong',
  'room_full',
  'token_invalid',
  'not_logged_in',
  'nickname_invalid',
]);

/** Somebody who waits at the door looks at nothing else, so he does not wait long. */
const MOST_WAIT_MS = 8_000;

function firstEntrance(code: string): Entrance {
  const grant = keptGrant(code);
  if (grant) return { kind: 'inside', grant };
  return wasInside(code) ? { kind: 'returning', attempt: 0, unreachable: false } : { kind: 'lobby' };
}

/** Where somebody stands who opened a room's address (SYNC-7: after a reload he is back by himself). */
export function useEntrance(code: string) {
  const [entrance, setEntrance] = useState(() => firstEntrance(code));
  useEffect(dropKeptGrant, []);

  const attempt = entrance.kind === 'returning' ? entrance.attempt : undefined;
  useEffect(() => {
    if (attempt === undefined) return;
    let current = true;
    const wait = attempt === 0 ? 0 : backOffMs(attempt, Math.random(), MOST_WAIT_MS);
    const timer = setTimeout(async () => {
      const next = await tryReturn(code, attempt);
      if (current) setEntrance(next);
    }, wait);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [code, attempt]);

  return {
    entrance,
    enter: useCallback((grant: JoinGrant) => setEntrance({ kind: 'inside', grant }), []),
    goOut: useCallback((why: WayOut) => setEntrance({ kind: 'out', why }), []),
    toLobby: useCallback(() => setEntrance({ kind: 'lobby' }), []),
    retry: useCallback(() => setEntrance({ kind: 'returning', attempt: 0, unreachable: true }), []),
  };
}

async function tryReturn(code: string, attempt: number): Promise<Entrance> {
  try {
    return { kind: 'inside', grant: await joinRoom(code) };
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.isRefusal) {
      return { kind: 'returning', attempt: attempt + 1, unreachable: true };
    }
    leaveRoom();
    return ASK_AGAIN.has(error.code) ? { kind: 'lobby' } : { kind: 'out', why: error.code as Code };
  }
}
