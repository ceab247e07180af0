/** Lines that one person wrote in one go stand together under one name. */

import type { ChatMessage, ParticipantId, SystemEvent } from '@/api/generated/protocol';

export type TextLine = { position: number; text: string; sentAtMs: number };

export type ChatGroup =
  | { kind: 'text'; key: number; author: ParticipantId | null; authorName: string; sentAtMs: number; lines: TextLine[] }
  | { kind: 'system'; key: number; message: ChatMessage; event: SystemEvent };

const PAUSE_MS = 3 * 60_000;

export function chatGroups(messages: readonly ChatMessage[]): ChatGroup[] {
  const groups: ChatGroup[] = [];
  for (const message of messages) {
    const { body, position, sentAtMs } = message;
    if (body.kind === 'system') {
      groups.push({ kind: 'system', key: position, message, event: body.event });
      continue;
    }
    const line = { position, text: body.text, sentAtMs };
    const open = groups.at(-1);
    if (open?.kind === 'text' && belongs(open, message)) open.lines.push(line);
    else
      groups.push({
        kind: 'text',
        key: position,
        author: message.author,
        authorName: message.authorName,
        sentAtMs,
        lines: [line],
      });
  }
  return groups;
}

function belongs(group: Extract<ChatGroup, { kind: 'text' }>, message: ChatMessage): boolean {
  const last = group.lines.at(-1)?.sentAtMs ?? group.sentAtMs;
  return group.author === message.author && message.sentAtMs - last < PAUSE_MS;
}
