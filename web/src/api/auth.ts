import { send } from './client';
import type { RoomCode } from './generated/protocol';
import { ProblemError } from './problem';
import { request } from './request';
import { forgetGuest, guestRoom, guestToken, markOutside } from './room-memory';
import { beginSession, csrfHeader, endSession } from './session';
import type { AuthSession, Registration } from './types';

export async function login(login: string, password: string): Promise<void> {
  beginSession(await send<AuthSession>('POST', '/auth/login', { body: { login, password } }));
}

/**
 * A guest who registers brings the token of the room that he comes from: the account gets his identity there and keeps
 * his place and films. It takes over this one guest; whoever he is in other rooms, he stays.
 */
export async function register(body: Registration, cameFrom?: RoomCode): Promise<void> {
  const room = guestRoom(cameFrom);
  beginSession(await registerAs(room, body));
  if (room) forgetGuest(room);
}

/** A token that the server does not know any more stands in nobody's way: it is forgotten, and nobody registers. */
async function registerAs(room: RoomCode | undefined, body: Registration): Promise<AuthSession> {
  const bearer = room ? guestToken(room) : undefined;
  try {
    return await send<AuthSession>('POST', '/auth/register', { body, bearer });
  } catch (error) {
    if (!room || !(error instanceof ProblemError && error.isLapsed)) throw error;
    forgetGuest(room);
    return registerAs(undefined, body);
  }
}

export async function logout(): Promise<void> {
  await send<void>('POST', '/auth/logout', { headers: csrfHeader() });
  markOutside();
  endSession();
}

export function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  return request('POST', '/auth/password', { body: { currentPassword, newPassword } });
}
