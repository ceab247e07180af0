/**
 * The chat as this person sees it: what the room has, in its order, and below it his own lines that are still on their way
 * (CHAT-1). Lines may come twice and in any order; a place is taken once.
 */

import type { ChatMessage, ChatPosition, Code, IdempotencyKey } from '@/api/generated/protocol';

/** A line of one's own that the room has not shown yet. */
export type OwnLine =
  | { kind: 'sending'; id: IdempotencyKey; text: string }
  | { kind: 'refused'; id: IdempotencyKey; text: string; code: Code };

export type ChatLog = {
  messages: readonly ChatMessage[];
  own: readonly OwnLine[];
  /** There are older ones on the server. */
  more: boolean;
  loadingOlder: boolean;
};

export const EMPTY_CHAT: ChatLog = { messages: [], own: [], more: false, loadingOlder: false };

export const lastPosition = (log: ChatLog): ChatPosition | null => log.messages.at(-1)?.position ?? null;
const firstPosition = (log: ChatLog): ChatPosition => log.messages[0]?.position ?? Number.POSITIVE_INFINITY;

/** New lines, from the room as they are written or as catch-up. */
export function withMessages(log: ChatLog, messages: readonly ChatMessage[]): ChatLog {
  const shown = new Set(messages.map((message) => message.clientId));
  return {
    ...log,
    messages: merged(log.messages, messages),
    own: log.own.filter((line) => !shown.has(line.id)),
  };
}

/** A page of history: older lines that were asked for, or the newest when entering. */
export function withHistory(log: ChatLog, messages: readonly ChatMessage[], more: boolean): ChatLog {
  const first = messages[0];
  const last = messages.at(-1);
  if (first === undefined || last === undefined)
    return { ...log, more: log.loadingOlder ? more : log.more, loadingOlder: false };
  const lastKnown = lastPosition(log);
  const startsAfterAll = lastKnown !== null && first.position > lastKnown;
  // Nobody knows what lies between. What is shown must be without holes, so the old part is asked for again when wanted.
  if (startsAfterAll && more) return { ...withMessages({ ...log, messages: [] }, messages), more, loadingOlder: false };
  const reachesBack = first.position <= firstPosition(log);
  return { ...withMessages(log, messages), more: reachesBack ? more : log.more, loadingOlder: false };
}

/** What was missed while away. With a gap the older lines are dropped, and paging back brings them again. */
export function withCatchup(log: ChatLog, messages: readonly ChatMessage[], gap: boolean): ChatLog {
  if (!gap) return withMessages(log, messages);
  return { ...withMessages({ ...log, messages: [] }, messages), more: true };
}

export function withOwn(log: ChatLog, id: IdempotencyKey, text: string): ChatLog {
  const others = log.own.filter((line) => line.id !== id);
  return { ...log, own: [...others, { kind: 'sending', id, text }] };
}

/** The room has the line. It leaves once the line itself is there, which may be before or after. */
export function withAccepted(log: ChatLog, id: IdempotencyKey, position: ChatPosition): ChatLog {
  const shown = log.messages.some((message) => message.position === position);
  return shown ? withoutOwn(log, id) : log;
}

export function withRefused(log: ChatLog, id: IdempotencyKey, code: Code): ChatLog {
  const own = log.own.map((line) => (line.id === id ? { kind: 'refused' as const, id, text: line.text, code } : line));
  return { ...log, own };
}

export function withoutOwn(log: ChatLog, id: IdempotencyKey): ChatLog {
  return { ...log, own: log.own.filter((line) => line.id !== id) };
}

function merged(known: readonly ChatMessage[], fresh: readonly ChatMessage[]): readonly ChatMessage[] {
  const last = known.at(-1)?.position ?? Number.NEGATIVE_INFINITY;
  const next = fresh[0];
  // The usual case, a line at the end, keeps the others' identity and is not sorted.
  if (fresh.length === 1 && next !== undefined && next.position > last) return [...known, next];
  const byPosition = new Map<ChatPosition, ChatMessage>();
  for (const message of [...known, ...fresh]) byPosition.set(message.position, message);
  return [...byPosition.values()].sort((a, b) => a.position - b.position);
}
