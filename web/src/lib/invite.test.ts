import { expect, test } from 'vitest';
import { isOwnMachine, parseInvite } from './invite';

// ROOM-2
test.each([
  'K7MQ4XWP',
  ' k7mq 4xwp ',
  'K7MQ-4XWP',
  'https://films.example/r/K7MQ4XWP',
  'films.example/r/k7mq4xwp?from=ada',
])('the room code is found in %j', (input) => {
  expect(parseInvite(input)).toBe('K7MQ4XWP');
});

// ROOM-2
test.each(['', 'K7MQ4XW', 'K7MQ4XWPP', 'https://films.example/', 'K7MQ4XW!', '../../etc'])(
  'there is no room code in %j',
  (input) => {
    expect(parseInvite(input)).toBeUndefined();
  },
);

// ROOM-2
test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.5.0.1', true],
  ['[::1]', true],
  ['192.168.1.20', false],
  ['127.example.org', false],
  ['watch.example.org', false],
])('a link with the host %s brings nobody here: %s', (host, own) => {
  expect(isOwnMachine(host)).toBe(own);
});
