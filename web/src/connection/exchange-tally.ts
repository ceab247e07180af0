/** How many of the questions about the time came to nothing: what a page can see of the losses on its line (WEB-6). */

import type { LocalTime } from '@/sync';

/** So many questions count: a few minutes of them. */
const KEPT = 100;
/**
 * A socket repeats what the network loses, so a loss on the way is an answer that comes too late to be of use: by then several
 * round trips of any line on which a film can be watched together have passed.
 */
const LATE_MS = 2_000;

/** A moment that went to the server and back as a decimal fraction may have lost its last digit. */
const SAME_MS = 0.01;

export type ExchangeLoss = { asked: number; lost: number };

export class ExchangeTally {
  #exchanges: { sentAt: LocalTime; tookMs: number | null }[] = [];

  asked(sentAt: LocalTime): void {
    this.#exchanges = [...this.#exchanges.slice(1 - KEPT), { sentAt, tookMs: null }];
  }

  answered(sentAt: LocalTime, receivedAt: LocalTime): void {
    const exchange = this.#exchanges.find((other) => Math.abs(other.sentAt - sentAt) < SAME_MS);
    if (exchange) exchange.tookMs = receivedAt - sentAt;
  }

  /** Those that may still be answered in time are not counted yet. */
  loss(now: LocalTime): ExchangeLoss {
    const over = this.#exchanges.filter(({ sentAt, tookMs }) => tookMs !== null || now - sentAt > LATE_MS);
    return { asked: over.length, lost: over.filter(({ tookMs }) => tookMs === null || tookMs > LATE_MS).length };
  }
}
