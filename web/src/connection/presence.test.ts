import { describe, expect, it } from 'vitest';
import { person } from '@/test/room-fixtures';
import { withPresence } from './presence';

const ada = person({ id: 'ada', joinedAtMs: 1 });
const ben = person({ id: 'ben', joinedAtMs: 2 });
const dora = person({ id: 'dora', joinedAtMs: 4 });

describe('who is there, told by changes', () => {
  // SYNC-13
  it('takes in who came, lets go who left, and keeps the order in which people came', () => {
    const cleo = person({ id: 'cleo', joinedAtMs: 3 });
    expect(withPresence([ada, ben, dora], [cleo], ['ben'])).toEqual([ada, cleo, dora]);
  });

  // SYNC-13
  it('changes only who has changed', () => {
    const stalled = { ...ben, sync: 'stalled' as const };
    const now = withPresence([ada, ben, dora], [stalled], []);
    expect(now).toEqual([ada, stalled, dora]);
    expect(now[0]).toBe(ada);
  });

  // SYNC-13
  it('knows somebody who left and came back as one person', () => {
    const again = person({ id: 'ada', joinedAtMs: 9 });
    expect(withPresence([ada, ben], [again], ['ada'])).toEqual([ben, again]);
  });
});
