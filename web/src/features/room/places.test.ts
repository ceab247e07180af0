import { expect, test } from 'vitest';
import { placesOffered } from './places';

// ROOM-6
test.each([
  [5, 5, [2, 3, 4, 5]],
  [2, 2, [2]],
  [30, 5, [2, 3, 4, 5, 8, 10, 20, 30]],
  [500, 7, [2, 3, 4, 5, 7, 8, 10, 20, 50, 100, 200, 500]],
  [2000, 5, [2, 3, 4, 5, 8, 10, 20, 50, 100, 200, 500, 1000, 2000]],
])('a service with rooms for %i offers a room of %i the places %j', (cap, present, offered) => {
  expect(placesOffered(cap, present)).toEqual(offered);
});
