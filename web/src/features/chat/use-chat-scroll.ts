/** A chat that stays where the reader is: at its end while he is there, on his line when older ones come in above. */

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { ChatLog } from '@/connection';

const NEAR_END_PX = 48;
const NEAR_START_PX = 120;

export type ChatScroll = {
  list: RefObject<HTMLDivElement | null>;
  /** All lines, within the list. */
  lines: RefObject<HTMLDivElement | null>;
  /** New lines have come in below what is seen. */
  behind: boolean;
  onScroll: () => void;
  toEnd: () => void;
};

export function useChatScroll(chat: ChatLog, loadOlder: () => void): ChatScroll {
  const list = useRef<HTMLDivElement | null>(null);
  const lines = useRef<HTMLDivElement | null>(null);
  const atEnd = useRef(true);
  const before = useRef({
    first: undefined as number | undefined,
    height: 0,
    own: 0,
    last: undefined as number | undefined,
  });
  const [behind, setBehind] = useState(false);

  const toEnd = useCallback(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
    atEnd.current = true;
    setBehind(false);
  }, []);

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const first = chat.messages[0]?.position;
    const last = chat.messages.at(-1)?.position;
    const grewAbove = before.current.first !== undefined && first !== undefined && first < before.current.first;
    const wroteMyself = chat.own.length > before.current.own;
    if (atEnd.current || wroteMyself) toEnd();
    else if (grewAbove) element.scrollTop += element.scrollHeight - before.current.height;
    else if (last !== before.current.last) setBehind(true);
    before.current = { first, last, height: element.scrollHeight, own: chat.own.length };
  }, [chat, toEnd]);

  useLayoutEffect(() => {
    // The panel changes its height with the keyboard, the window and the people above it, and lines have theirs only once they
    // are seen (`content-visibility`); the end stays the end.
    const observer = new ResizeObserver(() => atEnd.current && toEnd());
    for (const element of [list.current, lines.current]) if (element !== null) observer.observe(element);
    return () => observer.disconnect();
  }, [toEnd]);

  const onScroll = useCallback(() => {
    const element = list.current;
    if (element === null) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    if (atEnd.current) setBehind(false);
    if (element.scrollTop < NEAR_START_PX) loadOlder();
  }, [loadOlder]);

  return { list, lines, behind, onScroll, toEnd };
}
