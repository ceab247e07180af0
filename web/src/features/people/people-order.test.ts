import { describe, expect, it } from 'vitest';
import { person } from '@/test/room-fixtures';
import { byImportance, drawnRows, named, ROW_PX } from './people-order';

const people = ['ada', 'ben', 'cleo', 'dora', 'eve'].map((id, joinedAtMs) => person({ id, name: id, joinedAtMs }));
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

describe('the people of a large room', () => {
  // BEY-4, WEB-1
  it('begin with oneself, the owner and those for whom the film stands', () => {
    const order = byImportance(people, { me: 'eve', ownerId: 'dora', waitedFor: ['cleo'] });
    expect(ids(order)).toEqual(['eve', 'dora', 'cleo', 'ada', 'ben']);
  });

  // WEB-1
  it('are found by any part of their names', () => {
    expect(ids(named(people, ' E'))).toEqual(['ben', 'cleo', 'eve']);
    expect(named(people, '')).toHaveLength(5);
  });

  // WEB-1
  it('are drawn only where the list is looked at', () => {
    const height = 7 * ROW_PX;
    expect(drawnRows(0, height, 200)).toEqual({ first: 0, end: 13 });
    expect(drawnRows(100 * ROW_PX, height, 200)).toEqual({ first: 94, end: 113 });
    expect(drawnRows(193 * ROW_PX, height, 200)).toEqual({ first: 187, end: 200 });
  });

  // WEB-1
  it('are there when the list has become shorter than where it was scrolled to', () => {
    expect(drawnRows(193 * ROW_PX, 7 * ROW_PX, 3)).toEqual({ first: 0, end: 3 });
  });
});
