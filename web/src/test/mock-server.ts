import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import type { JoinGrant, RoomInfo } from '@/api/types';

/** The API as the pages see it. Failures are provoked by what is sent, as a person would provoke them. */

export const ROOM: RoomInfo = {
  id: '0199c000-0000-7000-8000-000000000001',
  code: 'K7MQ4XWP',
  name: 'Film night',
  status: 'waiting',
  participants: [{ name: 'Ada', colour: 1 }],
  participantCount: 1,
  maxParticipants: 5,
  passwordNeeded: false,
  guestsAllowed: true,
  watching: 'Night Train',
  ownerName: 'Ada',
  createdAtMs: 1_790_000_000_000,
  expiresAtMs: 1_790_090_000_000,
};

/** Codes of rooms whose doors differ. */
export const CODES = {
  open: 'K7MQ4XWP',
  missing: 'AAAAAAAA',
  locked: 'CCCCCCCC',
  full: 'DDDDDDDD',
  banned: 'EEEEEEEE',
  expired: 'FFFFFFFF',
  accountsOnly: 'GGGGGGGG',
} as const;

export const RIGHT_PASSWORD = 'popcorn';

export function problem(status: number, code: string, extra: object = {}) {
  return HttpResponse.json(
    { type: 'about:blank', title: code, status, code, ...extra },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
}

export function grantFor(code: string, nickname: string): JoinGrant {
  return {
    room: { ...ROOM, code },
    participantId: '0199c000-0000-7000-8000-0000000000aa',
    nickname,
    joinToken: 'join-token',
    socketPath: `/rt/rooms/${ROOM.id}`,
    guestToken: `guest-of-${code}`,
  };
}

const DOORS: Record<string, () => Response> = {
  [CODES.missing]: () => problem(404, 'room_not_found'),
  [CODES.full]: () => problem(409, 'room_full'),
  [CODES.banned]: () => problem(403, 'room_banned'),
  [CODES.expired]: () => problem(410, 'room_expired'),
  [CODES.accountsOnly]: () => problem(403, 'room_needs_account'),
};

interface JoinBody {
  nickname?: string;
  password?: string;
}

export const mockServer = setupServer(
  http.get('*/api/v1/nickname', () => HttpResponse.json({ nickname: 'Brave Otter 42' })),
  http.post('*/api/v1/rooms', async ({ request }) => {
    const { nickname = '' } = (await request.json()) as JoinBody;
    return nickname.includes('\u202e')
      ? problem(422, 'nickname_invalid')
      : HttpResponse.json(grantFor(ROOM.code, nickname), { status: 201 });
  }),
  http.get('*/api/v1/rooms/:code', ({ params }) => {
    const code = String(params.code);
    const unseen = code === CODES.missing || code === CODES.expired;
    const refusal = unseen ? DOORS[code]?.() : undefined;
    return refusal ?? HttpResponse.json({ ...ROOM, code, passwordNeeded: code === CODES.locked });
  }),
  http.post('*/api/v1/rooms/:code/join', async ({ params, request }) => {
    const code = String(params.code);
    const { nickname = 'Ada', password } = (await request.json()) as JoinBody;
    if (code === CODES.locked && password !== RIGHT_PASSWORD) return problem(403, 'room_password_wrong');
    return DOORS[code]?.() ?? HttpResponse.json(grantFor(code, nickname));
  }),
  http.post('*/api/v1/auth/login', async ({ request }) => {
    const { password } = (await request.json()) as { password: string };
    return password === 'right password' ? HttpResponse.json(session('access-1')) : problem(401, 'wrong_login');
  }),
  http.post('*/api/v1/auth/register', async ({ request }) => {
    const { email } = (await request.json()) as { email: string };
    return email.startsWith('taken')
      ? problem(409, 'email_taken')
      : HttpResponse.json(session('access-1'), { status: 201 });
  }),
);

export function session(accessToken: string) {
  const user = { id: 'u1', email: 'ada@example.org', username: 'ada', createdAtMs: 1_790_000_000_000 };
  return { user, accessToken, expiresInSeconds: 900 };
}
