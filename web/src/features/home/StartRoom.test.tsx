import { screen } from '@testing-library/react';
import { http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { endSession } from '@/api/session';
import { mockServer, problem } from '@/test/mock-server';
import { showPage } from '@/test/show-page';
import { StartRoom } from './StartRoom';

beforeEach(endSession);

// WT-1, ACC-6
test('a nickname is ready and shown once, then leads into a room where everybody may press play', async () => {
  const bodies: unknown[] = [];
  mockServer.events.on('request:start', async ({ request }) => {
    if (request.method === 'POST') bodies.push(await request.clone().json());
  });
  const { user, router } = showPage(<StartRoom />);
  expect(await screen.findByDisplayValue('Brave Otter 42')).toBe(screen.getByRole('textbox', { name: 'Nickname' }));

  await user.click(screen.getByRole('button', { name: 'Start a room' }));
  expect(screen.getByRole('textbox', { name: 'Nickname' })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Enter room' }));

  await screen.findByText('another page');
  expect(router.state.location.pathname).toBe('/r/K7MQ4XWP');
  expect(bodies).toEqual([{ playbackControl: 'all', maxParticipants: 5, nickname: 'Brave Otter 42' }]);
  mockServer.events.removeAllListeners();
});

// WT-1
test('who has typed a nickname is in his room after one click', async () => {
  const { user } = showPage(<StartRoom />);
  await screen.findByDisplayValue('Brave Otter 42');
  await user.clear(screen.getByRole('textbox', { name: 'Nickname' }));
  await user.type(screen.getByRole('textbox', { name: 'Nickname' }), 'Ada');
  await user.click(screen.getByRole('button', { name: 'Start a room' }));
  await screen.findByText('another page');
});

// ACC-6
test('a nickname that hides other letters is refused beside the field', async () => {
  const { user } = showPage(<StartRoom />);
  const field = screen.getByRole('textbox', { name: 'Nickname' });
  await screen.findByDisplayValue('Brave Otter 42');
  await user.clear(field);
  await user.type(field, 'Ada\u202e');
  await user.click(screen.getByRole('button', { name: 'Start a room' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('A nickname has 1 to 40 visible characters.');
  expect(field).toHaveAccessibleDescription(/1 to 40/);
});

// API-4, WEB-7
test('too many rooms say when the next one can be made, and the button works again', async () => {
  mockServer.use(http.post('*/api/v1/rooms', () => problem(429, 'rate_limited', { retryAfterSeconds: 1500 })));
  const { user } = showPage(<StartRoom />);
  await user.click(screen.getByRole('button', { name: 'Start a room' }));
  const button = screen.getByRole('button', { name: 'Enter room' });
  await user.click(button);
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in 25 minutes.');
  expect(button).toBeEnabled();
});

// ROOM-1
test('the quiet options travel with the room', async () => {
  const bodies: unknown[] = [];
  mockServer.use(
    http.post('*/api/v1/rooms', async ({ request }) => {
      bodies.push(await request.json());
      return problem(503, 'unavailable');
    }),
  );
  const { user } = showPage(<StartRoom />);
  await screen.findByDisplayValue('Brave Otter 42');
  await user.click(screen.getByRole('button', { name: 'Options' }));
  await user.type(await screen.findByRole('textbox', { name: 'Room name' }), ' Sunday ');
  await user.type(screen.getByLabelText('Password'), 'popcorn');
  await user.click(screen.getByRole('button', { name: 'Start a room' }));
  await user.click(screen.getByRole('button', { name: 'Enter room' }));
  await screen.findByRole('alert');
  expect(bodies).toEqual([
    {
      playbackControl: 'all',
      maxParticipants: 5,
      name: 'Sunday',
      password: 'popcorn',
      nickname: 'Brave Otter 42',
    },
  ]);
});
