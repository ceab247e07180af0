import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { grantFor, mockServer, problem, session } from '@/test/mock-server';

// The session belongs to the page; each test opens a new one.
beforeEach(() => {
  vi.resetModules();
  // biome-ignore lint/suspicious/noDocumentCookie: the test stands in for the server's Set-Cookie
  document.cookie = 'sw_csrf=; expires=Thu, 01 Jan 1970 00:00:00 GMT';
});

function logIn(): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the test stands in for the server's Set-Cookie
  document.cookie = 'sw_csrf=csrf-value';
}

// ACC-4
test('without a session cookie nobody is logged in, and the server is not asked', async () => {
  const { restoreSession, useSession } = await import('./session');
  await restoreSession();
  expect(useSession.getState().session).toEqual({ kind: 'nobody' });
});

// ACC-3, ACC-4
test('a reload restores the session by the cookie, proving with the header that the page itself asks', async () => {
  logIn();
  const headers: (string | null)[] = [];
  mockServer.use(
    http.post('*/api/v1/auth/refresh', ({ request }) => {
      headers.push(request.headers.get('X-CSRF-Token'));
      return HttpResponse.json(session('access-1'));
    }),
  );
  const { restoreSession, useSession } = await import('./session');
  await restoreSession();
  expect(headers).toEqual(['csrf-value']);
  expect(useSession.getState().session).toMatchObject({ kind: 'account', user: { username: 'ada' } });
});

// ACC-3
test('requests that find the token lapsed together spend one refresh token', async () => {
  logIn();
  let refreshes = 0;
  const bearers: (string | null)[] = [];
  mockServer.use(
    http.post('*/api/v1/auth/refresh', () => {
      refreshes += 1;
      return HttpResponse.json(session(`access-${refreshes}`));
    }),
    http.get('*/api/v1/videos', ({ request }) => {
      const bearer = request.headers.get('Authorization');
      bearers.push(bearer);
      return bearer === 'Bearer access-1' ? problem(401, 'session_expired') : HttpResponse.json({ items: [] });
    }),
  );
  const { request } = await import('./request');
  await Promise.all([request('GET', '/videos'), request('GET', '/videos'), request('GET', '/videos')]);
  expect(refreshes).toBe(2);
  expect(bearers.filter((bearer) => bearer === 'Bearer access-2')).toHaveLength(3);
});

// ACC-4
test('no token is ever written where a script from elsewhere could read it', async () => {
  logIn();
  mockServer.use(http.post('*/api/v1/auth/refresh', () => HttpResponse.json(session('secret-access-token'))));
  const { restoreSession } = await import('./session');
  await restoreSession();
  const everything = JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.cookie;
  expect(everything).not.toContain('secret-access-token');
});

// ACC-3
test('a refused refresh ends the session', async () => {
  logIn();
  mockServer.use(http.post('*/api/v1/auth/refresh', () => problem(401, 'session_expired')));
  const { restoreSession, useSession } = await import('./session');
  await restoreSession();
  expect(useSession.getState().session).toEqual({ kind: 'nobody' });
});

// ACC-3, ROOM-2
test('when the session is over, what anybody may ask is asked as nobody', async () => {
  logIn();
  let refreshes = 0;
  mockServer.use(
    http.post('*/api/v1/auth/refresh', () => {
      refreshes += 1;
      return refreshes === 1 ? HttpResponse.json(session('access-1')) : problem(401, 'session_expired');
    }),
    http.get('*/api/v1/rooms/K7MQ4XWP', ({ request }) =>
      request.headers.has('Authorization')
        ? problem(401, 'session_expired')
        : HttpResponse.json({ name: 'Film night' }),
    ),
  );
  const { roomInfo } = await import('./rooms');
  const { useSession } = await import('./session');
  expect(await roomInfo('K7MQ4XWP')).toMatchObject({ name: 'Film night' });
  expect(useSession.getState().session).toEqual({ kind: 'nobody' });
});

// ACC-6
test("a guest's token that the server does not know any more is dropped", async () => {
  const { rememberGrant, guestToken } = await import('./room-memory');
  rememberGrant(grantFor('K7MQ4XWP', 'Ada'));
  mockServer.use(
    http.post('*/api/v1/rooms/:code/join', ({ request }) =>
      request.headers.has('Authorization')
        ? problem(401, 'session_expired')
        : HttpResponse.json({ ...grantFor('K7MQ4XWP', 'Ada'), guestToken: 'a new guest' }),
    ),
  );
  const { joinRoom } = await import('./rooms');
  await joinRoom('K7MQ4XWP');
  expect(guestToken('K7MQ4XWP')).toBe('a new guest');
});
