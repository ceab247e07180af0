/**
 * Keeps the room's one socket and the clock beside it: answers about the time are stamped the moment they arrive and never
 * wait for the page. Runs in a worker, which hidden tabs leave in peace, or else in the page itself.
 */

import type { ServerMessage } from '@/api/generated/protocol';
import { ClockLane, type Clocks, DEVICE_CLOCKS } from './clock-lane';
import type { LineNews, LineOrder } from './line-messages';

type Pong = Extract<ServerMessage, { type: 'clock:pong' }>;

export class LineKeeper {
  readonly #tell: (news: LineNews) => void;
  readonly #clocks: Clocks;
  readonly #lane: ClockLane;
  #line: { call: number; socket: WebSocket } | null = null;

  constructor(tell: (news: LineNews) => void, clocks: Clocks = DEVICE_CLOCKS) {
    this.#tell = tell;
    this.#clocks = clocks;
    this.#lane = new ClockLane((ping) => this.#ask(JSON.stringify(ping)), clocks);
  }

  handle(order: LineOrder): void {
    switch (order.kind) {
      case 'dial':
        this.#dial(order.call, order.url);
        break;
      case 'send':
        if (this.#line?.call === order.call) this.#send(order.text);
        break;
      case 'hang_up':
        if (this.#line?.call === order.call) this.#hangUp();
        break;
      case 'burst':
        this.#lane.burst();
        break;
      case 'ask':
        this.#lane.ask();
        break;
      case 'rest':
        this.#lane.stop();
        break;
      case 'compare':
        this.#compare(order.pageNow);
        break;
    }
  }

  #dial(call: number, url: string): void {
    this.#hangUp();
    const socket = new WebSocket(url);
    this.#line = { call, socket };
    const current = () => this.#line?.call === call;
    socket.onopen = () => current() && this.#tell({ kind: 'opened', call });
    socket.onmessage = (event) => current() && this.#received(call, event.data);
    socket.onclose = (event) => current() && this.#closed(call, event.code);
  }

  #received(call: number, data: unknown): void {
    const receivedAt = this.#clocks.monotonic();
    if (typeof data !== 'string') return;
    const pong = pongIn(data);
    if (pong === null) {
      this.#tell({ kind: 'text', call, text: data, receivedAt });
      return;
    }
    this.#lane.answered(pong, receivedAt);
    const { reading } = this.#lane.clock;
    if (reading !== null) this.#tell({ kind: 'clock', reading });
  }

  #closed(call: number, code: number): void {
    this.#hangUp();
    this.#tell({ kind: 'closed', call, code });
  }

  #hangUp(): void {
    this.#lane.stop();
    const line = this.#line;
    this.#line = null;
    line?.socket.close();
  }

  /** With each question goes the word to the page of what became of those before. */
  #ask(ping: string): boolean {
    this.#tell({ kind: 'loss', loss: this.#lane.loss() });
    return this.#send(ping);
  }

  #send(text: string): boolean {
    if (this.#line?.socket.readyState !== WebSocket.OPEN) return false;
    this.#line.socket.send(text);
    return true;
  }

  #compare(pageNow: number): void {
    const { timeOrigin } = performance;
    this.#tell({ kind: 'compared', pageNow, keeperNow: this.#clocks.monotonic(), timeOrigin });
  }
}

/** The answers are short; a line of chat that quotes one is not mistaken for it. */
const LONGEST_PONG = 200;

function pongIn(text: string): Pong | null {
  if (text.length > LONGEST_PONG || !text.includes('clock:pong')) return null;
  try {
    const message = JSON.parse(text) as ServerMessage;
    return message.type === 'clock:pong' ? message : null;
  } catch {
    return null;
  }
}
