/**
 * What time it is on the server (SYNC-8), out of many exchanges `{c1} → {c1, s2, s3}` over a jittery network.
 *
 * Every exchange gives an offset that is wrong by at most half its round trip; the quickest ones are wrong by least. The
 * filter keeps two minutes of them, trusts each by how little its round trip exceeds the best, fits offset and skew, and
 * publishes a time that never jumps by a little: it slews, and steps only when it had been plainly wrong.
 *
 * Local times are `performance.now()` milliseconds: monotonic, unlike the wall clock. The filter reads no clock itself.
 */

import type { ServerTime } from '@/api/generated/protocol';
import { type Line, median, medianDeviation, type WeightedPoint, weightedLine, weightedMean } from './statistics';

/** Milliseconds of this page's monotonic clock. */
export type LocalTime = number;

export type ClockSample = { sentAt: LocalTime; s2: number; s3: number; receivedAt: LocalTime };

type Exchange = { at: LocalTime; offset: number; roundTrip: number };
/** Offset as a line over local time, kept relative to `origin` and `base` so that the numbers stay small. */
type Model = { origin: LocalTime; base: number; line: Line };
/** What is published differs from the model by this much, and creeps towards it. */
type Residual = { at: LocalTime; value: number };

export type ClockQuality = { roundTripMs: number; errorBoundMs: number; dispersionMs: number; skewPpm: number };

const WINDOW_MS = 120_000;
/** Below this a slope says more about jitter than about crystals. */
const LINE_SPAN_MS = 30_000;
/** Crystals are within 100 ppm of each other, phones in the sun within 200. */
const MAX_SKEW = 200e-6;
const TYPICAL_SKEW = 60e-6;
const MAX_SLEW = 5e-3;
const STEP_MS = 100;
const SUSPECT_MS = 50;
const SUSPECTS_TO_BELIEVE = 3;
/** The first burst may move the time freely: nothing has been timed by it yet. */
const UNSETTLED_EXCHANGES = 8;

export class ClockFilter {
  #exchanges: Exchange[] = [];
  #suspects: Exchange[] = [];
  #model: Model | null = null;
  #residual: Residual = { at: 0, value: 0 };

  add(sample: ClockSample): void {
    const exchange = exchangeOf(sample);
    if (exchange.roundTrip < 0) return;
    if (this.#contradicts(exchange)) {
      this.#suspect(exchange);
      return;
    }
    this.#suspects = [];
    this.#exchanges.push(exchange);
    this.#refit(exchange.at);
  }

  /** Server time at a local moment; unknown before the first exchange. */
  serverTime(local: LocalTime): ServerTime | null {
    return this.#model === null ? null : local + this.#offset(this.#model, local);
  }

  /** The local moment of a server time; the skew within a few seconds is far below what anyone can time. */
  localTime(server: ServerTime, near: LocalTime): LocalTime | null {
    return this.#model === null ? null : server - this.#offset(this.#model, near);
  }

  quality(): ClockQuality | null {
    if (this.#model === null) return null;
    const model = this.#model;
    const best = Math.min(...this.#exchanges.map((exchange) => exchange.roundTrip));
    const dispersion = medianDeviation(trusted(this.#exchanges).map((x) => x.offset - modelOffset(model, x.at)));
    return {
      roundTripMs: median(this.#exchanges.slice(-8).map((exchange) => exchange.roundTrip)),
      dispersionMs: dispersion,
      // No filter can see an asymmetric path: half the best round trip is what remains possible.
      errorBoundMs: best / 2 + dispersion,
      skewPpm: model.line.slope * 1e6,
    };
  }

  /** A quick answer that is further off than its own round trip explains: a spike, or the clock has jumped. */
  #contradicts(exchange: Exchange): boolean {
    if (this.#model === null || this.#exchanges.length < SUSPECTS_TO_BELIEVE) return false;
    const distance = Math.abs(exchange.offset - modelOffset(this.#model, exchange.at));
    return distance > SUSPECT_MS && distance > exchange.roundTrip / 2;
  }

  #suspect(exchange: Exchange): void {
    this.#suspects.push(exchange);
    const recent = this.#suspects.slice(-SUSPECTS_TO_BELIEVE);
    const centre = median(recent.map((suspect) => suspect.offset));
    const agree = recent.every(
      (suspect) => Math.abs(suspect.offset - centre) <= SUSPECT_MS / 2 + suspect.roundTrip / 2,
    );
    if (recent.length < SUSPECTS_TO_BELIEVE || !agree) return;
    this.#exchanges = recent;
    this.#suspects = [];
    this.#refit(exchange.at);
  }

  #refit(now: LocalTime): void {
    const published = this.serverTime(now);
    this.#exchanges = this.#exchanges.filter((exchange) => exchange.at > now - WINDOW_MS);
    this.#model = modelOf(this.#exchanges);
    const difference = published === null ? 0 : published - now - modelOffset(this.#model, now);
    const settled = this.#exchanges.length > UNSETTLED_EXCHANGES;
    this.#residual = { at: now, value: settled && Math.abs(difference) <= STEP_MS ? difference : 0 };
  }

  #offset(model: Model, local: LocalTime): number {
    const { at, value } = this.#residual;
    const left = Math.max(0, Math.abs(value) - MAX_SLEW * Math.max(0, local - at));
    return modelOffset(model, local) + Math.sign(value) * left;
  }
}

function exchangeOf({ sentAt, s2, s3, receivedAt }: ClockSample): Exchange {
  return {
    at: (sentAt + receivedAt) / 2,
    offset: (s2 - sentAt + (s3 - receivedAt)) / 2,
    roundTrip: receivedAt - sentAt - (s3 - s2),
  };
}

function modelOffset({ origin, base, line }: Model, local: LocalTime): number {
  return base + line.intercept + line.slope * (local - origin);
}

function modelOf(exchanges: readonly Exchange[]): Model {
  const last = exchanges.at(-1) ?? { at: 0, offset: 0, roundTrip: 0 };
  const points = weigh(trusted(exchanges), last);
  const span = last.at - (exchanges[0]?.at ?? last.at);
  return { origin: last.at, base: last.offset, line: span > LINE_SPAN_MS ? skewed(points) : level(points) };
}

const level = (points: readonly WeightedPoint[]): Line => ({ intercept: weightedMean(points), slope: 0 });

function skewed(points: readonly WeightedPoint[]): Line {
  const line = weightedLine(points, TYPICAL_SKEW);
  if (Math.abs(line.slope) <= MAX_SKEW) return line;
  const slope = Math.sign(line.slope) * MAX_SKEW;
  return { slope, intercept: weightedMean(points.map((p) => ({ ...p, y: p.y - slope * p.x }))) };
}

/** Without those that took far longer than usual: their delay was almost surely on one way only. */
function trusted(exchanges: readonly Exchange[]): readonly Exchange[] {
  const trips = exchanges.map((exchange) => exchange.roundTrip);
  const limit = Math.min(...trips) + Math.max(2, 4 * medianDeviation(trips));
  return exchanges.filter((exchange) => exchange.roundTrip <= limit);
}

function weigh(exchanges: readonly Exchange[], origin: Exchange): WeightedPoint[] {
  const best = Math.min(...exchanges.map((exchange) => exchange.roundTrip));
  const decay = Math.max(1, 0.25 * median(exchanges.map((exchange) => exchange.roundTrip - best)));
  return exchanges.map(({ at, offset, roundTrip }) => ({
    x: at - origin.at,
    y: offset - origin.offset,
    weight: Math.exp(-(roundTrip - best) / decay),
  }));
}
