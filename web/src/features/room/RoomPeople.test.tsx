import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { enter, say, socketsAreFake } from '@/test/enter-room';
import { person, roomView, SETTINGS, video } from '@/test/room-fixtures';

socketsAreFake();

const PRESENT = 200;
const crowd = Array.from({ length: PRESENT }, (_, i) => person({ id: `p${i}`, name: `Guest ${i}`, joinedAtMs: i + 1 }));
const room = roomView({
  video: video({ status: 'processing', playable: false }),
  ownerId: 'p150',
  participants: [person(), ...crowd],
  settings: { ...SETTINGS, maxParticipants: 500 },
});
const people = () => within(screen.getByRole('region', { name: 'People' }));

// WEB-1
it('two hundred people are counted and found, and not all drawn', async () => {
  const { user } = await enter({ room });
  expect(people().getByText('201 of 500')).toBeVisible();
  expect(people().getAllByRole('listitem').length).toBeLessThan(30);
  expect(people().getByText('Guest 150')).toBeVisible();
  await user.type(people().getByRole('searchbox', { name: 'Find somebody' }), 'guest 187');
  expect(people().getByText('Guest 187')).toBeVisible();
  expect(people().getAllByRole('listitem')).toHaveLength(1);
});

// SYNC-13
it('a large room hears of changes rather than of everybody', async () => {
  await enter({ room });
  const stalled = person({ id: 'p0', name: 'Guest 0', joinedAtMs: 1, sync: 'stalled' });
  await say({ type: 'room:presence', changed: [stalled], left: ['p1'] });
  expect(people().getByText('200 of 500')).toBeVisible();
  expect(people().getByRole('button', { name: 'Waiting for data' })).toBeVisible();
  expect(people().queryByText('Guest 1')).toBeNull();
});
