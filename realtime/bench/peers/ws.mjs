// A room on npm `ws`: the usual loop over the members, without compression, one buffer for all.

import { randomUUID } from 'node:crypto';
import { WebSocketServer } from 'ws';
import { HELLO, ready, understand } from './room.mjs';

const rooms = new Map();
const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  backlog: 4_096,
  perMessageDeflate: false,
  clientTracking: false,
});

server.on('connection', (socket) => {
  const member = { id: randomUUID(), name: '', room: undefined };
  socket.on('message', (data) => {
    const asked = understand(data.toString(), member);
    if (asked.kind === 'hello') {
      member.room = asked.room;
      member.name = asked.name;
      if (!rooms.has(asked.room)) rooms.set(asked.room, new Set());
      rooms.get(asked.room).add(socket);
      socket.send(HELLO);
    } else if (asked.kind === 'line') {
      const bytes = Buffer.from(JSON.stringify(asked.line));
      for (const other of rooms.get(member.room)) other.send(bytes, { binary: false });
    }
  });
  socket.on('close', () => rooms.get(member.room)?.delete(socket));
  socket.on('error', () => {});
});
server.on('listening', () => ready(server.address().port));
