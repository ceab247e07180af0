// A room on uWebSockets, as it is built into Bun: native publish to a topic.

import { HELLO, ready, understand } from './room.mjs';

const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch(request, server) {
    const data = { id: crypto.randomUUID(), name: '', room: undefined };
    return server.upgrade(request, { data }) ? undefined : new Response('', { status: 426 });
  },
  websocket: {
    perMessageDeflate: false,
    message(socket, text) {
      const asked = understand(text, socket.data);
      if (asked.kind === 'hello') {
        socket.data.room = asked.room;
        socket.data.name = asked.name;
        socket.subscribe(asked.room);
        socket.send(HELLO);
      } else if (asked.kind === 'line') {
        server.publish(socket.data.room, JSON.stringify(asked.line));
      }
    },
  },
});
ready(server.port);
