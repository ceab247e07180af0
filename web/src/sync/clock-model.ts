/**
 * What a few minutes of exchanges say about the server's clock: how fast it runs against ours, and where it stands.
 *
 * An exchange bounds the offset on both sides: what took no time on the way there could not make it smaller than `lower`, nor
 * on the way back larger than `upper`. Queues only ever add to a delay, so the truth lies in the corridor between the quickest
 * of all ways there and the quickest of all ways back, which are seldom of the same exchange. Its middle is several times closer
 * to the truth than the quickest round trip, because two short ways need not be found at once.
 */

import { type Line, median, medianDeviation, type WeightedPoint, weightedLine } from './statistics';

/** Milliseconds of this device's monotonic clock. */
export type LocalTime = number;

/** An exchange, as what it says of server time minus local time at its middle. */
export type Exchange = { at: LocalTime; lower: number; upper: number };

/** The offset was in `[lower, upper]` at `at`, and grows by `skew` for each millisecond. */
export type Corridor = { at: LocalTime; lower: number; upper: number; skew: number };

export const roundTripOf = ({ lower, upper }: Exchange): number => upper - lower;
export const middleOf = ({ lower, upper }: { lower: number; upper: number }): number => (lower + upper) / 2;
export const offsetAt = (corridor: Corridor, local: LocalTime): number =>
  middleOf(corridor) + corridor.skew * (local - corridor.at);

/** Where the server's clock stands, by these exchanges. Older than this, one may have been made on another path. */
const WINDOW_MS = 120_000;
/** How fast it runs shows the better the longer one looks, as long as both crystals keep their temperature. */
export const MEMORY_MS = 600_000;
const MEMORY_FADES_MS = 300_000;
/** Below this a slope says more about jitter than about crystals. */
const LINE_SPAN_MS = 30_000;
/** Crystals are within 100 ppm of each other, phones in the sun within 200. */
export const MAX_SKEW = 200e-6;
const TYPICAL_SKEW = 60e-6;

/** What all these exchanges, the newest last, say together of the moment `now`. */
export function corridorOf(exchanges: readonly Exchange[], now: LocalTime): Corridor {
  const skew = skewOf(exchanges, now);
  let [lower, upper] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const exchange of exchanges) {
    if (exchange.at < now - WINDOW_MS) continue;
    const since = skew * (now - exchange.at);
    lower = Math.max(lower, exchange.lower + since);
    upper = Math.min(upper, exchange.upper + since);
  }
  return { at: now, lower, upper, skew };
}

/** Half of the trusted exchanges are within this of the corridor's middle. */
export function dispersionOf(exchanges: readonly Exchange[], corridor: Corridor): number {
  return medianDeviation(trusted(exchanges).map((exchange) => middleOf(exchange) - offsetAt(corridor, exchange.at)));
}

function skewOf(exchanges: readonly Exchange[], now: LocalTime): number {
  const [first, last] = [exchanges[0], exchanges.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < LINE_SPAN_MS) return 0;
  const line: Line = weightedLine(weigh(trusted(exchanges), last, now), TYPICAL_SKEW);
  return Math.max(-MAX_SKEW, Math.min(MAX_SKEW, line.slope));
}

/** Without those that took far longer than usual: their delay was almost surely on one way only. */
function trusted(exchanges: readonly Exchange[]): readonly Exchange[] {
  const trips = exchanges.map(roundTripOf);
  const limit = Math.min(...trips) + Math.max(2, 4 * medianDeviation(trips));
  return exchanges.filter((exchange) => roundTripOf(exchange) <= limit);
}

/** Each is trusted by how little its round trip exceeds the best, and a little less with age. */
function weigh(exchanges: readonly Exchange[], origin: Exchange, now: LocalTime): WeightedPoint[] {
  const best = Math.min(...exchanges.map(roundTripOf));
  const decay = Math.max(1, 0.25 * median(exchanges.map((exchange) => roundTripOf(exchange) - best)));
  return exchanges.map((exchange) => ({
    x: exchange.at - origin.at,
    // Relative to one of them, so that the numbers stay small.
    y: middleOf(exchange) - middleOf(origin),
    weight: Math.exp(-(roundTripOf(exchange) - best) / decay - (now - exchange.at) / MEMORY_FADES_MS),
  }));
}
