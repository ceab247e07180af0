/** What the server says to one page of a room. Only Chromium shows its sockets to the driver. */
import type { Page } from 'playwright-core';
import type { ServerMessage } from '../../src/api/generated/protocol.ts';

/** Starts to listen; call it before the page opens its socket. The list grows as messages arrive. */
export function listenToRoom(page: Page): ServerMessage[] {
  const messages: ServerMessage[] = [];
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/rt/rooms/')) return;
    socket.on('framereceived', ({ payload }) => {
      messages.push(JSON.parse(payload.toString()) as ServerMessage);
    });
  });
  return messages;
}

/** Whether the film of the room has all its qualities, so that nothing is encoded any more. */
export function filmIsReady(messages: readonly ServerMessage[]): boolean {
  const status = messages.flatMap((message) => {
    if (message.type === 'room:video') return [message.video?.status];
    if (message.type === 'server:hello') return [message.room.video?.status];
    return [];
  });
  return status.at(-1) === 'ready';
}
