/** A component inside a room without the room's page: no socket, no player. */

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { createStore } from 'zustand/vanilla';
import type { RoomView } from '@/api/generated/protocol';
import { SessionProvider } from '@/connection';
import { roomView } from './room-fixtures';

type Session = Parameters<typeof SessionProvider>[0]['session'];

export function showInRoom(component: ReactElement, room: RoomView = roomView()) {
  const store = createStore(() => ({ room, me: 'ada', pending: null, connection: { kind: 'live' } }));
  const session = { store } as unknown as Session; // nothing else of a session is needed to look at its room
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <SessionProvider session={session}>{component}</SessionProvider>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), store };
}
