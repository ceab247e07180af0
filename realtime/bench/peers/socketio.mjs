// A room on Socket.IO, over WebSocket alone and without compression: its own rooms and events.

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { lineOf, ready } from './room.mjs';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, httpCompression: false });

io.on('connection', (socket) => {
  const member = { id: randomUUID(), name: '', room: undefined };
  socket.on('client:hello', ({ room, name }) => {
    member.room = room;
    member.name = name;
    socket.join(room);
    socket.emit('server:hello');
  });
  socket.on('chat:send', (message) => {
    if (member.room !== undefined) io.to(member.room).emit('chat:message', lineOf(message, member));
  });
});
http.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, () => ready(http.address().port));
