/** Seeded networks. A path carries the messages of one direction in order, as TCP does: one that is late holds up the rest. */

import { exponential } from '../../src/test/random.ts';

export type Network = {
  name: string;
  /** What each message takes at least, each way. */
  baseMs: number;
  /** The mean of what comes on top. */
  jitterMs: number;
  spikeShare: number;
  spikeMs: readonly [number, number];
  /** Now and then nothing passes at all. */
  outage: { everyMs: number; lastsMs: readonly [number, number] } | null;
};

/** Delays are of each message on its one way, not of the round trip. */
export const NETWORKS = {
  lan: { name: 'lan', baseMs: 0.3, jitterMs: 0.2, spikeShare: 0.005, spikeMs: [2, 20], outage: null },
  wifi: {
    name: 'wifi',
    baseMs: 25,
    jitterMs: 6,
    spikeShare: 0.03,
    spikeMs: [100, 400],
    outage: { everyMs: 400_000, lastsMs: [1_000, 4_000] },
  },
  mobile: {
    name: 'mobile',
    baseMs: 60,
    jitterMs: 25,
    spikeShare: 0.05,
    spikeMs: [100, 600],
    outage: { everyMs: 240_000, lastsMs: [1_000, 8_000] },
  },
  bad: {
    name: 'bad',
    baseMs: 150,
    jitterMs: 60,
    spikeShare: 0.1,
    spikeMs: [100, 1_000],
    outage: { everyMs: 120_000, lastsMs: [1_000, 8_000] },
  },
} as const satisfies Record<string, Network>;

export class Path {
  readonly #network: Network;
  readonly #random: () => number;
  #lastArrival = 0;
  #outage: { from: number; until: number };

  constructor(network: Network, random: () => number) {
    this.#network = network;
    this.#random = random;
    this.#outage = this.#nextOutage(0);
  }

  /** When a message that is sent now arrives. */
  arrival(sentAt: number): number {
    const { baseMs, jitterMs, spikeShare, spikeMs } = this.#network;
    const spike = this.#random() < spikeShare ? this.#between(spikeMs) : 0;
    const free = this.#passes(sentAt) + baseMs + exponential(this.#random, jitterMs) + spike;
    this.#lastArrival = Math.max(this.#lastArrival, free);
    return this.#lastArrival;
  }

  #passes(sentAt: number): number {
    while (sentAt > this.#outage.until) this.#outage = this.#nextOutage(this.#outage.until);
    return sentAt >= this.#outage.from ? this.#outage.until : sentAt;
  }

  #nextOutage(after: number): { from: number; until: number } {
    const { outage } = this.#network;
    if (outage === null) return { from: Number.POSITIVE_INFINITY, until: Number.POSITIVE_INFINITY };
    const from = after + exponential(this.#random, outage.everyMs);
    return { from, until: from + this.#between(outage.lastsMs) };
  }

  #between([from, to]: readonly [number, number]): number {
    return from + this.#random() * (to - from);
  }
}
