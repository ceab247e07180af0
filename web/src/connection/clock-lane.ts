/** Asks the server for the time, as often as the schedule says, and feeds the clock (SYNC-8). */

import type { ClientMessage, ServerMessage } from '@/api/generated/protocol';
import { ClockFilter, type ClockRound, type LocalTime, nextExchangeInMs } from '@/sync';

type Pong = Extract<ServerMessage, { type: 'clock:pong' }>;

export class ClockLane {
  readonly clock = new ClockFilter();
  readonly #send: (message: ClientMessage) => void;
  readonly #now: () => LocalTime;
  #round: ClockRound = { startedAt: 0, sent: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (message: ClientMessage) => void, now: () => LocalTime) {
    this.#send = send;
    this.#now = now;
  }

  /** Connected, woken, or on another network: old answers may mean little, so several are wanted quickly. */
  burst(): void {
    this.stop();
    this.#round = { startedAt: this.#now(), sent: 0 };
    this.#exchange();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  answered(pong: Pong, receivedAt: LocalTime): void {
    this.clock.add({ sentAt: pong.c1, s2: pong.s2, s3: pong.s3, receivedAt });
  }

  #exchange(): void {
    const now = this.#now();
    this.#send({ type: 'clock:ping', c1: now });
    this.#round.sent += 1;
    this.#timer = setTimeout(() => this.#exchange(), nextExchangeInMs(this.#round, now, this.clock.quality()));
  }
}
