import { describe, expect, it } from 'vitest';
import { chatLine } from '@/test/room-fixtures';
import { chatGroups } from './chat-groups';

const minutes = (count: number): number => count * 60_000;

describe('lines of the chat', () => {
  // CHAT-1
  it('of one person in one go stand together', () => {
    const groups = chatGroups([chatLine(1), chatLine(2), chatLine(3, { author: 'ada', authorName: 'Ada' })]);
    expect(groups.map((group) => (group.kind === 'text' ? group.lines.length : 0))).toEqual([2, 1]);
  });

  // CHAT-1
  it('are parted by a pause and by what the room tells', () => {
    const system = chatLine(2, { body: { kind: 'system', event: { event: 'joined' } } });
    expect(chatGroups([chatLine(1), system, chatLine(3)]).map((group) => group.kind)).toEqual([
      'text',
      'system',
      'text',
    ]);
    expect(chatGroups([chatLine(1), chatLine(2, { sentAtMs: minutes(5) })])).toHaveLength(2);
    expect(chatGroups([chatLine(1), chatLine(2, { sentAtMs: minutes(2) })])).toHaveLength(1);
  });
});
