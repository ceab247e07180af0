import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '@/test/fake-socket';
import { LineKeeper } from './line-keeper';
import type { LineNews, LineOrder } from './line-messages';
import { type CallListener, RoomLine } from './room-line';

/** The worker's clock started this much before the page's. */
const AHEAD_MS = 7_000;
const SERVER_AHEAD_MS = 1_790_000_000_000;

/** A thread that is none: what is posted is handled at once, by a clock of its own. */
class FakeWorker {
  static started: FakeWorker[] = [];
  onmessage: ((event: { data: LineNews }) => void) | null = null;
  onerror: (() => void) | null = null;
  terminated = false;
  readonly #keeper = new LineKeeper((news) => this.onmessage?.({ data: news }), {
    monotonic: () => performance.now() + AHEAD_MS,
    wall: () => Date.now(),
  });

  constructor() {
    FakeWorker.started.push(this);
  }

  postMessage(order: LineOrder): void {
    if (!this.terminated) this.#keeper.handle(order);
  }

  terminate(): void {
    this.terminated = true;
  }
}

const listener = () => ({ onOpen: vi.fn(), onText: vi.fn(), onClose: vi.fn(), onLife: vi.fn() }) satisfies CallListener;
/** Answers every question about the time that was not answered yet, as a server does that needs no time for it. */
function answerClock(socket: FakeSocket): void {
  for (const { c1 } of socket.all('clock:ping').slice(answered)) {
    const s2 = c1 - AHEAD_MS + SERVER_AHEAD_MS;
    socket.say({ type: 'clock:pong', c1, s2, s3: s2 });
    answered += 1;
  }
}
let answered = 0;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('Worker', FakeWorker);
  FakeSocket.opened = [];
  FakeWorker.started = [];
  answered = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the line to a room, kept by a worker', () => {
  // SYNC-8
  it('tells moments by the clock of the page', () => {
    const heard = listener();
    new RoomLine().dial('/rt/rooms/room', heard);
    const before = performance.now();
    FakeSocket.last.accept().say({ type: 'room:owner_away', message: '' });
    expect(heard.onText.mock.lastCall?.[1]).toBeCloseTo(before, 3);
  });

  // SYNC-8
  it('keeps the clock without the page, which only learns what time it is', async () => {
    const [line, heard] = [new RoomLine(), listener()];
    line.dial('/rt/rooms/room', heard);
    FakeSocket.last.accept();
    expect(line.serverTime(performance.now())).toBeNull();
    line.burst();
    for (let i = 0; i < 8; i += 1) {
      answerClock(FakeSocket.last);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(FakeSocket.last.all('clock:ping').length).toBeGreaterThanOrEqual(8);
    expect(line.serverTime(1_000)).toBeCloseTo(1_000 + SERVER_AHEAD_MS, 1);
    expect(heard.onText).not.toHaveBeenCalled();
    expect(heard.onLife).toHaveBeenCalledTimes(answered);
  });

  // CHAT-1, SYNC-8
  it('hands on a message that only speaks of the clock', () => {
    const heard = listener();
    new RoomLine().dial('/rt/rooms/room', heard);
    FakeSocket.last.accept().say({ type: 'room:error', code: 'message_too_fast', message: 'clock:pong' });
    expect(heard.onText).toHaveBeenCalledOnce();
  });

  // SYNC-7
  it('sends nothing over a connection that is over, and hears nothing of it', () => {
    const [line, first] = [new RoomLine(), listener()];
    const call = line.dial('/rt/rooms/room', first);
    const socket = FakeSocket.last.accept();
    expect(call.send('{}')).toBe(true);
    line.dial('/rt/rooms/room', listener());
    expect(call.send('{}')).toBe(false);
    socket.say({ type: 'room:owner_away', message: '' }).drop();
    expect(first.onText).not.toHaveBeenCalled();
    expect(first.onClose).not.toHaveBeenCalled();
  });

  // SYNC-7
  it('is kept by the page when the worker cannot be loaded', () => {
    const [line, heard] = [new RoomLine(), listener()];
    line.dial('/rt/rooms/room', heard);
    FakeWorker.started[0]?.onerror?.();
    expect(heard.onClose).toHaveBeenCalledWith(1006);
    expect(FakeWorker.started[0]?.terminated).toBe(true);
    const again = listener();
    line.dial('/rt/rooms/room', again);
    FakeSocket.last.accept();
    expect(again.onOpen).toHaveBeenCalledOnce();
    expect(FakeWorker.started).toHaveLength(1);
  });

  // SYNC-7
  it('ends with the page', () => {
    const line = new RoomLine();
    line.dial('/rt/rooms/room', listener());
    line.end();
    expect(FakeWorker.started[0]?.terminated).toBe(true);
    expect(FakeSocket.last.readyState).toBe(3);
  });
});
