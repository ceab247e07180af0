import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { guestToken, rememberGrant } from '@/api/room-memory';
import { endSession } from '@/api/session';
import { CODES, grantFor, mockServer, problem, session } from '@/test/mock-server';
import { showPage } from '@/test/show-page';
import { LoginPage } from './LoginPage';
import { nextPage } from './next-page';
import { passwordProblem } from './password-rules';
import { RegisterPage } from './RegisterPage';

beforeEach(endSession);

// ACC-1
test('a wrong password says so without telling which half was wrong', async () => {
  const { user } = showPage(<LoginPage />, { path: '/login' });
  await user.type(screen.getByRole('textbox', { name: 'E-mail or username' }), 'ada');
  await user.type(screen.getByLabelText('Password'), 'wrong');
  await user.click(screen.getByRole('button', { name: 'Log in' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('That name and password do not match.');
});

// ACC-1
test('after logging in somebody is where he wanted to go', async () => {
  const { user, router } = showPage(<LoginPage />, { path: '/login', at: '/login?next=%2Fr%2FK7MQ4XWP' });
  await user.type(screen.getByRole('textbox', { name: 'E-mail or username' }), 'ada');
  await user.type(screen.getByLabelText('Password'), 'right password');
  await user.click(screen.getByRole('button', { name: 'Log in' }));
  await screen.findByText('another page');
  expect(router.state.location.pathname).toBe('/r/K7MQ4XWP');
});

// SEC-3
test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'a link cannot send somebody to %s after logging in',
  (next) => {
    expect(nextPage(new URLSearchParams({ next }))).toBe('/');
  },
);

// ACC-2
test('a password is measured in bytes, and told before it is sent', async () => {
  expect(passwordProblem('1234567')).toBe('password_too_short');
  expect(passwordProblem('a'.repeat(72))).toBeUndefined();
  expect(passwordProblem('ä'.repeat(37))).toBe('password_too_long');

  const { user } = showPage(<RegisterPage />, { path: '/register' });
  await user.type(screen.getByLabelText('Password'), 'ä'.repeat(37));
  await user.tab();
  expect(await screen.findByText(/A password has at most 72 bytes/)).toBeVisible();
});

// ACC-1
test('an e-mail address that is taken is said at its field', async () => {
  const { user } = showPage(<RegisterPage />, { path: '/register' });
  await user.type(screen.getByRole('textbox', { name: 'E-mail' }), 'taken@example.org');
  await user.type(screen.getByRole('textbox', { name: 'Username' }), 'ada');
  await user.type(screen.getByLabelText('Password'), 'long enough');
  await user.click(screen.getByRole('button', { name: 'Create account' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('There is an account with this e-mail already.');
  expect(screen.getByRole('textbox', { name: 'E-mail' })).toHaveAccessibleDescription(/account with this e-mail/);
});

/** Fills the form at an address and sends it; returns who was said to ask, one entry for each request. */
async function registerAt(at: string, answer: (bearer: string | null) => Response) {
  const bearers: (string | null)[] = [];
  mockServer.use(
    http.post('*/api/v1/auth/register', ({ request }) => {
      const bearer = request.headers.get('Authorization');
      bearers.push(bearer);
      return answer(bearer);
    }),
  );
  const { user } = showPage(<RegisterPage />, { path: '/register', at });
  expect(screen.getByText(/stay yours/)).toBeVisible();
  await user.type(screen.getByRole('textbox', { name: 'E-mail' }), 'ada@example.org');
  await user.type(screen.getByRole('textbox', { name: 'Username' }), 'ada');
  await user.type(screen.getByLabelText('Password'), 'long enough');
  await user.click(screen.getByRole('button', { name: 'Create account' }));
  return bearers;
}

const made = () => HttpResponse.json(session('access-1'), { status: 201 });

// ACC-6
test('a guest who registers brings the token of the room he comes from, and stays who he is in the others', async () => {
  rememberGrant(grantFor(CODES.open, 'Ada'));
  rememberGrant(grantFor(CODES.locked, 'Ada'));
  const bearers = await registerAt(`/register?next=%2Fr%2F${CODES.open}`, made);
  await screen.findByText('another page');
  expect(bearers).toEqual([`Bearer guest-of-${CODES.open}`]);
  expect(guestToken(CODES.open)).toBeUndefined();
  expect(guestToken(CODES.locked)).toBe(`guest-of-${CODES.locked}`);
});

// ACC-6
test('a guest whom the server does not know any more registers as nobody', async () => {
  rememberGrant(grantFor(CODES.open, 'Ada'));
  const bearers = await registerAt('/register', (bearer) => (bearer ? problem(401, 'token_invalid') : made()));
  await screen.findByText('another page');
  expect(bearers).toEqual([`Bearer guest-of-${CODES.open}`, null]);
  expect(guestToken(CODES.open)).toBeUndefined();
});

// ACC-1, ACC-6
test('a guest whose form is refused for another reason stays that guest', async () => {
  rememberGrant(grantFor(CODES.open, 'Ada'));
  const bearers = await registerAt('/register', () => problem(409, 'email_taken'));
  expect(await screen.findByRole('alert')).toBeVisible();
  expect(bearers).toHaveLength(1);
  expect(guestToken(CODES.open)).toBe(`guest-of-${CODES.open}`);
});

// ACC-1, ACC-2
test('everything that the server finds wrong is said at once, each at its field', async () => {
  mockServer.use(
    http.post('*/api/v1/auth/register', () =>
      problem(400, 'invalid_request', {
        errors: [
          { field: 'username', code: 'username_taken', message: '' },
          { field: 'password', code: 'password_too_common', message: '' },
        ],
      }),
    ),
  );
  const { user } = showPage(<RegisterPage />, { path: '/register' });
  await user.type(screen.getByRole('textbox', { name: 'E-mail' }), 'ada@example.org');
  await user.type(screen.getByRole('textbox', { name: 'Username' }), 'ada');
  await user.type(screen.getByLabelText('Password'), 'password1');
  await user.click(screen.getByRole('button', { name: 'Create account' }));
  expect(await screen.findByText('Somebody has this username. Choose another.')).toBeVisible();
  expect(screen.getByText(/among the first that anybody would guess/)).toBeVisible();
});
