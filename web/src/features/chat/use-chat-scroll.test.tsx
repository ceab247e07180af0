import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ChatLog } from '@/connection';
import { chatLine } from '@/test/room-fixtures';
import { useChatScroll } from './use-chat-scroll';

const HEIGHT = 100;
/** What a browser's layout would say; the page of the tests has none. */
const layout = { lines: 0 };
let observers: { seen: Element[]; tell: () => void }[] = [];

class TestedObserver {
  readonly #entry: { seen: Element[]; tell: () => void };
  constructor(tell: () => void) {
    this.#entry = { seen: [], tell };
    observers.push(this.#entry);
  }
  observe(element: Element): void {
    this.#entry.seen.push(element);
  }
  disconnect(): void {
    observers = observers.filter((entry) => entry !== this.#entry);
  }
}

beforeEach(() => {
  observers = [];
  vi.stubGlobal('ResizeObserver', TestedObserver);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(HEIGHT);
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockImplementation(() => layout.lines);
});
afterEach(() => vi.unstubAllGlobals());

function Chat({ chat }: { chat: ChatLog }) {
  const { list, lines, onScroll } = useChatScroll(chat, () => {});
  return (
    <div ref={list} role="log" onScroll={onScroll}>
      <div ref={lines} data-testid="lines" />
    </div>
  );
}

const chatOf = (count: number): ChatLog => ({
  messages: Array.from({ length: count }, (_, i) => chatLine(i)),
  own: [],
  more: false,
  loadingOlder: false,
});

/** The lines get the height that they have once they are drawn. */
function drawn(height: number): void {
  layout.lines = height;
  const lines = screen.getByTestId('lines');
  act(() => {
    for (const { seen, tell } of observers) if (seen.includes(lines)) tell();
  });
}

// CHAT-1
test('a line that gets its height only when it is drawn leaves the end of the chat in sight', () => {
  layout.lines = 400;
  const { rerender } = render(<Chat chat={chatOf(3)} />);
  rerender(<Chat chat={chatOf(4)} />);
  expect(screen.getByRole('log').scrollTop).toBe(400);
  drawn(417);
  expect(screen.getByRole('log').scrollTop).toBe(417);
});

// CHAT-1
test('a reader of older lines is not taken to the end by lines that get their height', () => {
  layout.lines = 400;
  render(<Chat chat={chatOf(3)} />);
  const list = screen.getByRole('log');
  act(() => {
    list.scrollTop = 50;
    list.dispatchEvent(new Event('scroll', { bubbles: true }));
  });
  drawn(500);
  expect(list.scrollTop).toBe(50);
});
