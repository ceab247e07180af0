import { send } from './client';
import { request } from './request';
import { forgetGuests, latestGuestToken, markOutside } from './room-memory';
import { beginSession, csrfHeader, endSession } from './session';
import type { AuthSession } from './types';

export async function login(login: string, password: string): Promise<void> {
  beginSession(await send<AuthSession>('POST', '/auth/login', { body: { login, password } }));
}

/** A guest who registers brings his token: the account gets his identity and keeps his room and films. */
export async function register(email: string, username: string, password: string): Promise<void> {
  const body = { email, username, password };
  beginSession(await send<AuthSession>('POST', '/auth/register', { body, bearer: latestGuestToken() }));
  forgetGuests();
}

export async function logout(): Promise<void> {
  await send<void>('POST', '/auth/logout', { headers: csrfHeader() });
  markOutside();
  endSession();
}

export function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  return request('POST', '/auth/password', { body: { currentPassword, newPassword } });
}
