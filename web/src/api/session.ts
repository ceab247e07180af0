import { create } from 'zustand';
import { send } from './client';
import { ProblemError } from './problem';
import type { Account, AuthSession } from './types';

/** Who uses this browser. `restoring` until the refresh cookie has been tried once. */
export type Session = { kind: 'restoring' } | { kind: 'nobody' } | { kind: 'account'; user: Account };

export const useSession = create<{ session: Session }>(() => ({ session: { kind: 'restoring' } }));

/** The access token lives in this variable and nowhere else: a script from elsewhere finds nothing in storage. */
let access: { token: string; expiresAtMs: number } | undefined;

/** Refreshed this long before it lapses, so that a request under way does not meet an expired token. */
const REFRESH_AHEAD_MS = 30_000;

export function beginSession(session: AuthSession): void {
  access = { token: session.accessToken, expiresAtMs: Date.now() + session.expiresInSeconds * 1000 };
  useSession.setState({ session: { kind: 'account', user: session.user } });
}

export function endSession(): void {
  access = undefined;
  useSession.setState({ session: { kind: 'nobody' } });
}

let restoring: Promise<void> | undefined;

/** Tries the refresh cookie once per page. Everything that depends on who is there waits for the same promise. */
export function restoreSession(): Promise<void> {
  restoring ??= restore();
  return restoring;
}

async function restore(): Promise<void> {
  if (!csrfToken()) return endSession();
  try {
    await refresh();
  } catch (error) {
    useSession.setState({ session: { kind: 'nobody' } });
    if (!(error instanceof ProblemError)) throw error;
    // Unreachable is not logged out: the cookie is still there, and the next request tries again.
    if (!error.isRefusal) restoring = undefined;
  }
}

/** A token that is good for the next request, or nothing when nobody is logged in. */
export async function accessToken(): Promise<string | undefined> {
  await restoreSession();
  if (!access) return undefined;
  if (access.expiresAtMs - REFRESH_AHEAD_MS <= Date.now()) await refresh();
  return access?.token;
}

let refreshing: Promise<void> | undefined;

/** Exchanges the cookie for a new pair. Requests that ask at once share one exchange, tabs wait for each other. */
export function refresh(): Promise<void> {
  refreshing ??= withTabLock(exchangeCookie).finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

async function exchangeCookie(): Promise<void> {
  try {
    beginSession(await send<AuthSession>('POST', '/auth/refresh', { headers: csrfHeader() }));
  } catch (error) {
    if (error instanceof ProblemError && error.isRefusal) endSession();
    throw error;
  }
}

/** A refresh token is single use: two tabs that spend the same one would end the whole session. */
async function withTabLock(task: () => Promise<void>): Promise<void> {
  // Pages served without TLS from another machine have no locks; the server forgives a short race.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return task();
  await locks.request('syncwatch.refresh', task);
}

/** Double submit: the cookie's value again as a header, which another site cannot read. */
export function csrfHeader(): Record<string, string> {
  const token = csrfToken();
  return token ? { 'X-CSRF-Token': token } : {};
}

function csrfToken(): string | undefined {
  const entry = document.cookie.split('; ').find((cookie) => cookie.startsWith('sw_csrf='));
  return entry?.slice('sw_csrf='.length) || undefined;
}
