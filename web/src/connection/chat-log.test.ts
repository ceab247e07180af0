import { describe, expect, it } from 'vitest';
import { randomFrom } from '@/test/random';
import { chatLine } from '@/test/room-fixtures';
import {
  type ChatLog,
  EMPTY_CHAT,
  withAccepted,
  withCatchup,
  withHistory,
  withMessages,
  withOwn,
  withoutOwn,
  withRefused,
} from './chat-log';

const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => chatLine(from + i));
const positions = (log: ChatLog): number[] => log.messages.map((message) => message.position);
const numbers = (from: number, to: number): number[] => lines(from, to).map((line) => line.position);

describe('the chat', () => {
  // CHAT-1
  it.each([1, 2, 3, 4, 5])('has every line once and in order, however they come (seed %i)', (seed) => {
    const random = randomFrom(seed);
    let log = EMPTY_CHAT;
    const shuffled = [...lines(1, 60), ...lines(20, 40)].sort(() => random() - 0.5);
    while (shuffled.length > 0) log = withMessages(log, shuffled.splice(0, 1 + Math.floor(random() * 7)));
    expect(positions(log)).toEqual(numbers(1, 60));
  });

  // CHAT-1
  it('begins with the newest lines and pages back from them', () => {
    const entered = withHistory(EMPTY_CHAT, lines(51, 100), true);
    expect(entered.more).toBe(true);
    const older = withHistory({ ...entered, loadingOlder: true }, lines(1, 50), false);
    expect(positions(older)).toEqual(numbers(1, 100));
    expect(older).toMatchObject({ more: false, loadingOlder: false });
  });

  // CHAT-1
  it('stops asking when a page back is empty', () => {
    const log = withHistory({ ...withHistory(EMPTY_CHAT, lines(1, 5), true), loadingOlder: true }, [], false);
    expect(log).toMatchObject({ more: false, loadingOlder: false });
  });

  // SYNC-7
  it('takes what was written while away, also when part of it is known', () => {
    const log = withCatchup(withHistory(EMPTY_CHAT, lines(1, 10), false), lines(8, 14), false);
    expect(positions(log)).toEqual(numbers(1, 14));
    expect(log.more).toBe(false);
  });

  // SYNC-7
  it('shows no hole: after a gap it starts anew and offers to page back', () => {
    const known = withHistory(EMPTY_CHAT, lines(1, 10), false);
    const caughtUp = withCatchup(known, lines(300, 310), true);
    expect(positions(caughtUp)).toEqual(numbers(300, 310));
    expect(caughtUp.more).toBe(true);
    const entered = withHistory(known, lines(300, 310), true);
    expect(positions(entered)).toEqual(numbers(300, 310));
    expect(entered.more).toBe(true);
  });

  // CHAT-1
  it('keeps older pages when the newest lines come again after a reconnect', () => {
    const known = withHistory(EMPTY_CHAT, lines(1, 60), false);
    const again = withHistory(known, lines(11, 62), true);
    expect(positions(again)).toEqual(numbers(1, 62));
    expect(again.more).toBe(false);
  });
});

describe("one's own line", () => {
  // WEB-7
  it('stands there at once and gives way to the room’s', () => {
    const writing = withOwn(EMPTY_CHAT, 'key', 'hello');
    expect(writing.own).toEqual([{ kind: 'sending', id: 'key', text: 'hello' }]);
    const shown = withMessages(writing, [chatLine(7, { clientId: 'key' })]);
    expect(shown.own).toEqual([]);
    expect(positions(shown)).toEqual([7]);
  });

  // CHAT-1
  it('is there once, whether it or its acceptance comes first', () => {
    const writing = withOwn(EMPTY_CHAT, 'key', 'hello');
    const accepted = withAccepted(writing, 'key', 7);
    expect(accepted.own).toHaveLength(1);
    expect(withMessages(accepted, [chatLine(7, { clientId: 'key' })]).own).toEqual([]);
    // A line that was sent again after a reconnect: the room shows it without knowing it to be this one.
    const known = withMessages(writing, [chatLine(7)]);
    expect(withAccepted(known, 'key', 7).own).toEqual([]);
  });

  // CHAT-2, WEB-7
  it('that is refused says why, and can be sent again or taken back', () => {
    const refused = withRefused(withOwn(EMPTY_CHAT, 'key', 'hello'), 'key', 'message_too_fast');
    expect(refused.own).toEqual([{ kind: 'refused', id: 'key', text: 'hello', code: 'message_too_fast' }]);
    expect(withOwn(refused, 'key', 'hello').own).toEqual([{ kind: 'sending', id: 'key', text: 'hello' }]);
    expect(withoutOwn(refused, 'key').own).toEqual([]);
  });
});
