/** A room's server end without a network: what pages open is here, and tests speak for the server. */

import type { ClientMessage, ServerHello, ServerMessage } from '@/api/generated/protocol';
import { roomView } from './room-fixtures';

export class FakeSocket {
  static readonly OPEN = 1;
  static opened: FakeSocket[] = [];

  static get last(): FakeSocket {
    const socket = FakeSocket.opened.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }

  readyState = 0;
  readonly sent: ClientMessage[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly url: URL) {
    FakeSocket.opened.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientMessage);
  }

  close(): void {
    this.readyState = 3;
  }

  /** The connection stands. */
  accept(): this {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
    return this;
  }

  say(message: ServerMessage): this {
    this.onmessage?.({ data: JSON.stringify(message) });
    return this;
  }

  welcome(changes: Partial<ServerHello> = {}): this {
    return this.accept().say({
      type: 'server:hello',
      protocolVersion: '1.0.0',
      serverTimeMs: 0,
      compatible: true,
      upgradeRequired: false,
      deprecations: [],
      participantId: 'ada',
      sessionToken: 'session-token',
      resumed: false,
      room: roomView(),
      ...changes,
    });
  }

  /** The connection ends, by the server or on the way. */
  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  all<Type extends ClientMessage['type']>(type: Type): Extract<ClientMessage, { type: Type }>[] {
    return this.sent.filter((message): message is Extract<ClientMessage, { type: Type }> => message.type === type);
  }
}
