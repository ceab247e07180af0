/**
 * The page's end of the line to its room: one socket and one clock, kept by a worker (SYNC-8). Where no worker can be had,
 * the page keeps them itself, and everything is the same but for hidden tabs.
 */

import type { ServerTime } from '@/api/generated/protocol';
import { type ClockQuality, type ClockReading, type LocalTime, readOn, serverTimeBy } from '@/sync';
import type { ExchangeLoss } from './exchange-tally';
import { KeeperTime } from './keeper-time';
import { LineKeeper } from './line-keeper';
import type { LineNews, LineOrder } from './line-messages';

export type CallListener = {
  onOpen: () => void;
  onText: (text: string, receivedAt: LocalTime) => void;
  onClose: (code: number) => void;
  /** The server was heard, though it said nothing for the page. */
  onLife: () => void;
};

/** One connection. */
export type Call = { send: (text: string) => boolean; hangUp: () => void };

/** Enough to catch one moment at which neither thread was busy. */
const COMPARISONS = 4;

export class RoomLine {
  #post: ((order: LineOrder) => void) | null = null;
  #worker: Worker | null = null;
  #keeperTime = new KeeperTime();
  #reading: ClockReading | null = null;
  #loss: ExchangeLoss | null = null;
  #calls = 0;
  #current: { call: number; open: boolean; listener: CallListener } | null = null;

  dial(path: string, listener: CallListener): Call {
    const post = this.#keeper();
    const current = { call: ++this.#calls, open: false, listener };
    this.#current = current;
    for (let i = 0; i < COMPARISONS; i += 1) post({ kind: 'compare', pageNow: performance.now() });
    post({ kind: 'dial', call: current.call, url: new URL(path, location.href.replace(/^http/u, 'ws')).href });
    return {
      send: (text) => {
        if (this.#current !== current || !current.open) return false;
        this.#keeper()({ kind: 'send', call: current.call, text });
        return true;
      },
      hangUp: () => {
        if (this.#current === current) this.#current = null;
        this.#keeper()({ kind: 'hang_up', call: current.call });
      },
    };
  }

  burst(): void {
    const post = this.#keeper();
    post({ kind: 'compare', pageNow: performance.now() });
    post({ kind: 'burst' });
  }

  ask(): void {
    this.#post?.({ kind: 'ask' });
  }

  rest(): void {
    this.#post?.({ kind: 'rest' });
  }

  /** The page goes. */
  end(): void {
    this.#current = null;
    this.#post?.({ kind: 'hang_up', call: this.#calls });
    this.#worker?.terminate();
    this.#worker = null;
    this.#post = null;
  }

  /** Server time at a moment of the page's clock; unknown before the first exchange. */
  serverTime(local: LocalTime): ServerTime | null {
    return this.#reading === null ? null : serverTimeBy(this.#reading, local);
  }

  quality(): ClockQuality | null {
    return this.#reading?.quality ?? null;
  }

  /** What of the questions about the time came to nothing lately. */
  loss(): ExchangeLoss | null {
    return this.#loss;
  }

  #keeper(): (order: LineOrder) => void {
    this.#post ??= this.#startWorker() ?? this.#keepHere();
    return this.#post;
  }

  #startWorker(): ((order: LineOrder) => void) | null {
    if (typeof Worker === 'undefined') return null;
    try {
      const worker = new Worker(new URL('./line-worker.ts', import.meta.url), { type: 'module', name: 'room-line' });
      worker.onmessage = (event: MessageEvent<LineNews>) => this.#heard(event.data);
      worker.onerror = () => this.#workerFailed(worker);
      this.#worker = worker;
      return (order) => worker.postMessage(order);
    } catch {
      return null;
    }
  }

  #keepHere(): (order: LineOrder) => void {
    const keeper = new LineKeeper((news) => this.#heard(news));
    return (order) => keeper.handle(order);
  }

  /** It could not be loaded or it broke. The call is lost, and the next one is kept here. */
  #workerFailed(worker: Worker): void {
    if (worker !== this.#worker) return;
    worker.terminate();
    this.#worker = null;
    this.#keeperTime = new KeeperTime();
    this.#post = this.#keepHere();
    const lost = this.#current;
    this.#current = null;
    lost?.listener.onClose(1006);
  }

  #heard(news: LineNews): void {
    if (news.kind === 'compared') this.#compared(news);
    else if (news.kind === 'clock') this.#told(news.reading);
    else if (news.kind === 'loss') this.#loss = news.loss;
    else if (this.#current?.call === news.call) this.#ofCall(this.#current, news);
  }

  #ofCall(
    current: { open: boolean; listener: CallListener },
    news: Extract<LineNews, { kind: 'opened' | 'text' | 'closed' }>,
  ): void {
    const { listener } = current;
    current.open = news.kind !== 'closed';
    if (news.kind === 'opened') listener.onOpen();
    else if (news.kind === 'text') listener.onText(news.text, news.receivedAt - this.#keeperTime.aheadMs);
    else listener.onClose(news.code);
  }

  #compared({ pageNow, keeperNow, timeOrigin }: Extract<LineNews, { kind: 'compared' }>): void {
    this.#keeperTime.compared(pageNow, keeperNow, performance.now(), performance.timeOrigin - timeOrigin);
  }

  #told(reading: ClockReading): void {
    this.#reading = readOn(reading, -this.#keeperTime.aheadMs);
    this.#current?.listener.onLife();
  }
}
