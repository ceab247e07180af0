/** Enters the room's page with a server that tests speak for. */

import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { ServerHello } from '@/api/generated/protocol';
import { RoomPage } from '@/features/room';
import { FakeSocket } from './fake-socket';
import { GRANT } from './room-fixtures';
import { showPage } from './show-page';

export const onOut = vi.fn();
export const socket = () => FakeSocket.last;
export const button = (name: string | RegExp) => screen.getByRole('button', { name });

/** Once at the head of a file. */
export function socketsAreFake(): void {
  beforeEach(() => {
    vi.stubGlobal('WebSocket', FakeSocket);
    FakeSocket.opened = [];
    onOut.mockReset();
  });
  afterEach(() => vi.unstubAllGlobals());
}

export async function enter(changes: Partial<ServerHello> = {}) {
  const page = showPage(<RoomPage grant={GRANT} onOut={onOut} />);
  await vi.waitFor(() => expect(FakeSocket.opened.length).toBeGreaterThan(0));
  await act(async () => void socket().welcome(changes));
  return page;
}

export const say = (...messages: Parameters<FakeSocket['say']>) => act(async () => void socket().say(...messages));

/** Answers what was asked about the time: from now on the page knows that it is `serverTimeMs`. */
export async function tellTime(serverTimeMs: number): Promise<void> {
  await vi.waitFor(() => expect(socket().all('clock:ping').length).toBeGreaterThan(0));
  const c1 = socket().all('clock:ping').at(-1)?.c1 ?? 0;
  await say({ type: 'clock:pong', c1, s2: serverTimeMs, s3: serverTimeMs });
}
