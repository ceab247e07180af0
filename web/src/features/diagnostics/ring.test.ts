import { expect, test } from 'vitest';
import { Ring } from './ring';

// WEB-6
test('a ring keeps the last ones in their order', () => {
  const ring = new Ring<number>(3);
  expect(ring.toArray()).toEqual([]);
  ring.push(1);
  ring.push(2);
  expect(ring.toArray()).toEqual([1, 2]);
  for (const item of [3, 4, 5]) ring.push(item);
  expect(ring.toArray()).toEqual([3, 4, 5]);
  ring.clear();
  ring.push(6);
  expect(ring.toArray()).toEqual([6]);
});
