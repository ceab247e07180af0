import { expect, test } from 'vitest';
import { initials } from './initials';

// WEB-4
test.each([
  ['Ada Lovelace', 'AL'],
  ['ben', 'B'],
  ['brave-otter-42', 'BO'],
  ['Émile', 'É'],
  ['👩‍🚀 Nova', '👩‍🚀N'],
  ['دانا', 'د'],
  ['42', '4'],
  ['', '?'],
])('the avatar of %j shows %j, whole characters at most two', (name, expected) => {
  expect(initials(name)).toBe(expected);
});
