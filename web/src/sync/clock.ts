/**
 * What time it is on the server (SYNC-8), out of many exchanges `{c1} → {c1, s2, s3}` over a jittery network. Refuses what
 * cannot be, believes a jump only when three exchanges agree on it, and publishes a time that slews, and steps only when it had
 * been plainly wrong.
 *
 * Local times are `performance.now()` milliseconds: monotonic, unlike the wall clock. The filter reads no clock itself.
 */

import type { ServerTime } from '@/api/generated/protocol';
import {
  type Corridor,
  corridorOf,
  dispersionOf,
  type Exchange,
  type LocalTime,
  MAX_SKEW,
  MEMORY_MS,
  offsetAt,
  roundTripOf,
} from './clock-model';
import { type ClockQuality, type ClockReading, localTimeBy, serverTimeBy } from './clock-reading';
import { median, quantile } from './statistics';

export type ClockSample = { sentAt: LocalTime; s2: number; s3: number; receivedAt: LocalTime };

/** Farther off than this the published time steps: by creeping it would be wrong for half a minute. */
const STEP_MS = 100;
const SUSPECTS_TO_BELIEVE = 3;
/** The first burst may move the time freely: nothing has been timed by it yet. */
const UNSETTLED_EXCHANGES = 8;
/** What took longer says next to nothing, and may have been lying in a sleeping computer. */
const LONGEST_ROUND_TRIP_MS = 10_000;
/** Browsers that are afraid of being measured round their clock to this. */
const COARSEST_TICK_MS = 1;
/** How a link is at present shows in so many: about two minutes of them. */
const LINK_EXCHANGES = 40;
/** Two exchanges that contradict each other by less than this only disagree. */
const SLACK_MS = 2;

export class ClockFilter {
  #exchanges: Exchange[] = [];
  #suspects: Exchange[] = [];
  #corridor: Corridor | null = null;
  #reading: ClockReading | null = null;
  #believed = 0;

  add(sample: ClockSample): void {
    const exchange = exchangeOf(sample);
    if (exchange === null) return;
    if (this.#corridor !== null && contradicts(exchange, this.#corridor, this.#slack())) {
      this.#suspect(exchange, sample.receivedAt);
      return;
    }
    this.#suspects = [];
    this.#exchanges.push(exchange);
    this.#publish(sample.receivedAt);
  }

  get reading(): ClockReading | null {
    return this.#reading;
  }

  /** Server time at a local moment; unknown before the first exchange. */
  serverTime(local: LocalTime): ServerTime | null {
    return this.#reading === null ? null : serverTimeBy(this.#reading, local);
  }

  localTime(server: ServerTime, near: LocalTime): LocalTime | null {
    return this.#reading === null ? null : localTimeBy(this.#reading, server, near);
  }

  quality(): ClockQuality | null {
    return this.#reading?.quality ?? null;
  }

  /** Until the skew is known, older exchanges may be beside the corridor by what it makes of their age. */
  #slack(): number {
    const first = this.#exchanges[0];
    const last = this.#exchanges.at(-1);
    const unknown = this.#corridor?.skew === 0 && first !== undefined && last !== undefined;
    return SLACK_MS + (unknown ? MAX_SKEW * (last.at - first.at) : 0);
  }

  /** The path cannot explain it, so either it lies or the clock has jumped: three that agree are believed. */
  #suspect(exchange: Exchange, now: LocalTime): void {
    this.#suspects = [...this.#suspects, exchange].slice(-SUSPECTS_TO_BELIEVE);
    const lower = Math.max(...this.#suspects.map((suspect) => suspect.lower));
    const upper = Math.min(...this.#suspects.map((suspect) => suspect.upper));
    if (this.#suspects.length < SUSPECTS_TO_BELIEVE || lower > upper + SLACK_MS) return;
    this.#exchanges = this.#suspects;
    this.#suspects = [];
    this.#publish(now);
  }

  #publish(now: LocalTime): void {
    const published = this.serverTime(now);
    this.#exchanges = this.#exchanges.filter((exchange) => exchange.at > now - MEMORY_MS);
    const corridor = corridorOf(this.#exchanges, now);
    const offset = offsetAt(corridor, now);
    const difference = published === null ? 0 : published - now - offset;
    this.#believed += 1;
    const settled = this.#believed > UNSETTLED_EXCHANGES;
    const residual = settled && Math.abs(difference) <= STEP_MS ? difference : 0;
    this.#corridor = corridor;
    this.#reading = { at: now, offset, skew: corridor.skew, residual, quality: this.#qualityOf(corridor, residual) };
  }

  #qualityOf(corridor: Corridor, residual: number): ClockQuality {
    const dispersionMs = dispersionOf(this.#exchanges, corridor);
    return {
      // A coarse clock can make an exchange look shorter than nothing.
      roundTripMs: Math.max(0, median(this.#exchanges.slice(-8).map(roundTripOf))),
      roundTripP95Ms: Math.max(0, quantile(this.#exchanges.slice(-LINK_EXCHANGES).map(roundTripOf), 0.95)),
      dispersionMs,
      // No filter can see an asymmetric path: half of the corridor is what remains possible.
      errorBoundMs: Math.max(0, corridor.upper - corridor.lower) / 2 + dispersionMs + Math.abs(residual),
      skewPpm: corridor.skew * 1e6,
    };
  }
}

/** What a sample says; nothing if it cannot be true. */
function exchangeOf({ sentAt, s2, s3, receivedAt }: ClockSample): Exchange | null {
  const at = (sentAt + receivedAt) / 2;
  const exchange = { at, lower: s3 - receivedAt, upper: s2 - sentAt };
  const roundTrip = roundTripOf(exchange);
  const known = [sentAt, s2, s3, receivedAt].every(Number.isFinite);
  const possible = receivedAt >= sentAt && s3 >= s2 && roundTrip >= -COARSEST_TICK_MS;
  return known && possible && roundTrip <= LONGEST_ROUND_TRIP_MS ? exchange : null;
}

function contradicts(exchange: Exchange, corridor: Corridor, slack: number): boolean {
  const since = corridor.skew * (exchange.at - corridor.at);
  return exchange.lower > corridor.upper + since + slack || exchange.upper < corridor.lower + since - slack;
}
