import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { rememberGrant } from '@/api/room-memory';
import { endSession } from '@/api/session';
import type { JoinGrant } from '@/api/types';
import { CODES, grantFor, mockServer, RIGHT_PASSWORD } from '@/test/mock-server';
import { showPage } from '@/test/show-page';
import { EntrancePage } from './EntrancePage';

// The room itself needs a socket and a player; here it is enough to know that somebody is in.
vi.mock('@/features/room', () => ({
  RoomPage: ({ grant, onOut }: { grant: JoinGrant; onOut: (why: string) => void }) => (
    <>
      <p>
        {grant.nickname} is inside {grant.room.code}
      </p>
      <button type="button" onClick={() => onOut('left')}>
        Leave room
      </button>
      <button type="button" onClick={() => onOut('kicked')}>
        be kicked
      </button>
    </>
  ),
}));

beforeEach(endSession);

function stand(code: string) {
  return showPage(<EntrancePage />, { path: '/r/:code', at: `/r/${code}` });
}

async function enterAs(name: string, user: ReturnType<typeof stand>['user']) {
  const field = await screen.findByRole('textbox', { name: 'Nickname' });
  await screen.findByDisplayValue('Brave Otter 42');
  await user.clear(field);
  await user.type(field, name);
  await user.click(screen.getByRole('button', { name: 'Enter room' }));
}

// ROOM-2
test('before entering, the room shows its name, who is in and what is on', async () => {
  stand(CODES.open);
  expect(await screen.findByRole('heading', { name: 'Film night' })).toBeVisible();
  expect(screen.getByText('Ada is inside')).toBeVisible();
  expect(screen.getByText('Night Train')).toBeVisible();
});

// ROOM-2, ACC-6
test('a nickname and one click lead inside', async () => {
  const { user } = stand(CODES.open);
  await enterAs('Ben', user);
  expect(await screen.findByText('Ben is inside K7MQ4XWP')).toBeVisible();
});

// ROOM-2
test('a code typed in small letters finds the same room', async () => {
  stand('k7mq4xwp');
  expect(await screen.findByRole('heading', { name: 'Film night' })).toBeVisible();
});

// ROOM-2
test('a wrong password is said beside the field, and the right one opens', async () => {
  const { user } = stand(CODES.locked);
  const password = await screen.findByLabelText('Room password');
  await user.type(password, 'peanuts');
  await user.click(screen.getByRole('button', { name: 'Enter room' }));
  expect(await screen.findByRole('alert')).toHaveTextContent("That is not the room's password.");
  await user.clear(password);
  await user.type(password, RIGHT_PASSWORD);
  await user.click(screen.getByRole('button', { name: 'Enter room' }));
  expect(await screen.findByText(/is inside CCCCCCCC/)).toBeVisible();
});

// ROOM-2
test('a full room says so and stays at the door', async () => {
  const { user } = stand(CODES.full);
  await enterAs('Ben', user);
  expect(await screen.findByRole('alert')).toHaveTextContent('This room is full.');
  expect(screen.getByRole('button', { name: 'Enter room' })).toBeEnabled();
});

// ROOM-2, ROOM-5
test.each([
  [CODES.missing, 'No room behind this door', 'Go to the home page'],
  [CODES.expired, 'This room is over', 'Start a new room'],
  ['short', 'No room behind this door', 'Go to the home page'],
])('the door of %s stays shut with its own words and a way on', async (code, title, wayOn) => {
  stand(code);
  expect(await screen.findByText(title)).toBeVisible();
  expect(screen.getByRole('link', { name: wayOn })).toBeVisible();
});

// ROOM-5
test('somebody who is banned is told at the door', async () => {
  const { user } = stand(CODES.banned);
  await enterAs('Ben', user);
  expect(await screen.findByText('This door stays closed')).toBeVisible();
});

// ACC-6
test('a room for accounts offers to log in and come back', async () => {
  const { user } = stand(CODES.accountsOnly);
  await enterAs('Ben', user);
  expect(await screen.findByRole('link', { name: 'Log in' })).toHaveAttribute(
    'href',
    `/login?next=${encodeURIComponent(`/r/${CODES.accountsOnly}`)}`,
  );
});

// SYNC-7
test('after a reload somebody who was inside is back without being asked, as the same person', async () => {
  rememberGrant(grantFor(CODES.open, 'Ada'));
  const bearers: (string | null)[] = [];
  mockServer.use(
    http.post('*/api/v1/rooms/:code/join', ({ request }) => {
      bearers.push(request.headers.get('Authorization'));
      return HttpResponse.json(grantFor(CODES.open, 'Ada'));
    }),
  );
  stand(CODES.open);
  expect(await screen.findByText('Ada is inside K7MQ4XWP')).toBeVisible();
  expect(bearers).toEqual(['Bearer guest-of-K7MQ4XWP']);
});

// SYNC-7, WEB-7
test('a server that is away keeps the place and is asked again by itself', async () => {
  rememberGrant(grantFor(CODES.open, 'Ada'));
  let asked = 0;
  mockServer.use(
    http.post('*/api/v1/rooms/:code/join', () => {
      asked += 1;
      return asked < 2 ? HttpResponse.error() : HttpResponse.json(grantFor(CODES.open, 'Ada'));
    }),
  );
  stand(CODES.open);
  expect(await screen.findByText('The room cannot be reached')).toBeVisible();
  expect(await screen.findByText('Ada is inside K7MQ4XWP', {}, { timeout: 3000 })).toBeVisible();
});

// ROOM-5
test('somebody who was sent out reads why and can go back to the door', async () => {
  const { user } = stand(CODES.open);
  await enterAs('Ben', user);
  await user.click(await screen.findByRole('button', { name: 'be kicked' }));
  expect(await screen.findByText('You were sent out')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Back to the door' }));
  expect(await screen.findByRole('button', { name: 'Enter room' })).toBeVisible();
});

// ROOM-2
test('leaving goes home, and a reload of the link shows the lobby again', async () => {
  const { user, router } = stand(CODES.open);
  await enterAs('Ben', user);
  await user.click(await screen.findByRole('button', { name: 'Leave room' }));
  expect(router.state.location.pathname).toBe('/');
  expect(sessionStorage.length).toBe(0);
});

// WEB-7
test('a lobby that cannot be reached says so and offers another try', async () => {
  mockServer.use(http.get('*/api/v1/rooms/:code', () => HttpResponse.error(), { once: true }));
  const { user } = stand(CODES.open);
  expect(await screen.findByRole('heading', { name: 'The room cannot be reached' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Film night' })).toBeVisible();
});
