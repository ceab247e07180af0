/** Asks the server for the time, as often as the schedule says, and feeds the clock (SYNC-8). Lives where the socket lives. */

import type { ClientMessage, ServerMessage } from '@/api/generated/protocol';
import { ClockFilter, type ClockRound, type LocalTime, nextExchangeInMs, SleepWatch } from '@/sync';
import { type ExchangeLoss, ExchangeTally } from './exchange-tally';

type Ping = Extract<ClientMessage, { type: 'clock:ping' }>;
type Pong = Extract<ServerMessage, { type: 'clock:pong' }>;

export type Clocks = {
  monotonic: () => LocalTime;
  /** Only to notice that the computer slept: it goes on meanwhile, which the other may not. */
  wall: () => number;
};

export const DEVICE_CLOCKS: Clocks = { monotonic: () => performance.now(), wall: () => Date.now() };

export class ClockLane {
  readonly clock = new ClockFilter();
  readonly #send: (ping: Ping) => boolean;
  readonly #clocks: Clocks;
  readonly #sleep = new SleepWatch();
  readonly #tally = new ExchangeTally();
  #round: ClockRound = { startedAt: 0, sent: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `send` says whether the question went out. */
  constructor(send: (ping: Ping) => boolean, clocks: Clocks = DEVICE_CLOCKS) {
    this.#send = send;
    this.#clocks = clocks;
  }

  /** Connected, woken, or on another network: old answers may mean little, so several are wanted quickly. */
  burst(): void {
    this.stop();
    this.#round = { startedAt: this.#clocks.monotonic(), sent: 0 };
    this.#exchange();
  }

  /** Once, beside what the schedule asks: whoever doubts the connection wants an answer now. */
  ask(): void {
    this.#send({ type: 'clock:ping', c1: this.#clocks.monotonic() });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#sleep.rest();
  }

  answered(pong: Pong, receivedAt: LocalTime): void {
    this.#tally.answered(pong.c1, receivedAt);
    this.clock.add({ sentAt: pong.c1, s2: pong.s2, s3: pong.s3, receivedAt });
  }

  loss(): ExchangeLoss {
    return this.#tally.loss(this.#clocks.monotonic());
  }

  #exchange(): void {
    const now = this.#clocks.monotonic();
    if (this.#send({ type: 'clock:ping', c1: now })) this.#tally.asked(now);
    this.#round.sent += 1;
    const pause = nextExchangeInMs(this.#round, now, this.clock.quality());
    this.#sleep.expect(now, this.#clocks.wall(), pause);
    this.#timer = setTimeout(() => this.#woken(), pause);
  }

  #woken(): void {
    const slept = this.#sleep.slept(this.#clocks.monotonic(), this.#clocks.wall());
    if (slept) this.burst();
    else this.#exchange();
  }
}
