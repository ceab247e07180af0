import { expect, test } from 'vitest';
import { parseInvite } from './invite';

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
