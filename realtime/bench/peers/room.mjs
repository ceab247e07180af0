// What every peer does with a message: the same checks and the same words as our gateway, so that all send the same bytes.

let position = Date.now() * 1_000;

/** Reads one message of a member; gives what to do with it. */
export function understand(text, member) {
  const message = JSON.parse(text);
  if (message.type === 'client:hello') return { kind: 'hello', room: message.room, name: message.name };
  if (message.type === 'chat:send' && member.room !== undefined) return { kind: 'line', line: lineOf(message, member) };
  return { kind: 'nothing' };
}

export function lineOf({ id, text }, { id: author, name }) {
  position += 1;
  const message = {
    position,
    sentAtMs: Date.now(),
    author,
    authorName: name,
    clientId: id,
    body: { kind: 'text', text },
  };
  return { type: 'chat:message', message };
}

export const HELLO = JSON.stringify({ type: 'server:hello' });

export function ready(port) {
  console.log(`ready: http://127.0.0.1:${port}`);
}
