/** What the page and the keeper of its socket tell each other, across threads where there are two. */

import type { ClockReading, LocalTime } from '@/sync';
import type { ExchangeLoss } from './exchange-tally';

/** `call` numbers the connections, so that news of a former one is known as such. */
export type LineOrder =
  | { kind: 'dial'; call: number; url: string }
  | { kind: 'send'; call: number; text: string }
  | { kind: 'hang_up'; call: number }
  /** Ask for the time often: connected, woken, or on another network. */
  | { kind: 'burst' }
  /** Ask for the time once: is anybody there? */
  | { kind: 'ask' }
  | { kind: 'rest' }
  /** What does your clock show, while mine shows this? */
  | { kind: 'compare'; pageNow: LocalTime };

/** Moments are of the keeper's clock. */
export type LineNews =
  | { kind: 'opened'; call: number }
  | { kind: 'text'; call: number; text: string; receivedAt: LocalTime }
  | { kind: 'closed'; call: number; code: number }
  /** The server answered about the time; a sign of life as well. */
  | { kind: 'clock'; reading: ClockReading }
  | { kind: 'loss'; loss: ExchangeLoss }
  | { kind: 'compared'; pageNow: LocalTime; keeperNow: LocalTime; timeOrigin: number };
