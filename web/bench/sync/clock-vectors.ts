/**
 * Makes crates/protocol/vectors/clock.json anew: exchanges as a client sees them, and what time it then is on the server.
 * `cd web && node e2e/run.mjs ../bench/sync/clock-vectors.ts`
 */

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { nextExchangeInMs } from '../../src/sync/index.ts';
import { exponential, randomFrom } from '../../src/test/random.ts';

const target = fileURLToPath(new URL('../../../crates/protocol/vectors/clock.json', import.meta.url));
const EPOCH = 1_790_000_000_000;
/** [c1, s2, s3, c4]: sent and received by the client's clock, read and answered by the server's. */
type Sample = [number, number, number, number];
type Answer = { afterSample: number; local: number; serverTime: number; withinMs: number };

class Tale {
  readonly samples: Sample[] = [];
  readonly answers: Answer[] = [];
  /** Server time minus local time at local 0, and how much that grows each millisecond. */
  offset = EPOCH;
  skew = 0;
  base = { there: 12, back: 12 };
  now = 1_000;
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  /** Exchanges at the pace of the schedule, for so long. */
  pass(durationMs: number): this {
    const end = this.now + durationMs;
    for (const round = { startedAt: this.now, sent: 0 }; this.now < end; ) {
      this.exchange();
      round.sent += 1;
      this.now += nextExchangeInMs(round, this.now, null);
    }
    return this;
  }

  exchange(late = { there: 0, back: 0 }): this {
    const there = this.base.there + exponential(this.#random, 2) + late.there;
    const back = this.base.back + exponential(this.#random, 2) + late.back;
    const s2 = this.#truth(this.now + there);
    this.samples.push([this.now, s2, s2 + 0.05, this.now + there + back + 0.05].map(rounded) as Sample);
    return this;
  }

  /** An exchange that cannot have been. */
  lie(sample: (now: number, truth: number) => Sample): this {
    this.samples.push(sample(this.now, this.#truth(this.now)).map(rounded) as Sample);
    return this;
  }

  expect(withinMs: number): this {
    const local = this.now + 500;
    this.answers.push({ afterSample: this.samples.length, local, serverTime: rounded(this.#truth(local)), withinMs });
    return this;
  }

  #truth(local: number): number {
    return local + this.offset + this.skew * local;
  }
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

const burst = new Tale(1).pass(1_400).expect(2);

const pathStep = new Tale(2).pass(60_000).expect(1);
pathStep.base = { there: 40, back: 40 };
pathStep.pass(30_000).expect(1).pass(150_000).expect(1.5);

const spike = new Tale(3).pass(30_000).expect(1);
for (let i = 0; i < 4; i += 1) spike.exchange({ there: 380, back: 0 }).expect(1).pass(4_000);
spike.exchange({ there: 0, back: 900 }).expect(1);

const suspended = new Tale(4).pass(30_000).expect(1);
suspended.offset += 3_600_000;
suspended.pass(1_400).expect(4);

const crystal = new Tale(5);
crystal.skew = 200e-6;
crystal.pass(20_000).expect(4).pass(100_000).expect(1.5).pass(480_000).expect(1);

const liar = new Tale(6).pass(20_000).expect(1);
liar
  .lie((now, truth) => [now, truth, truth, now - 5])
  .lie((now, truth) => [now, truth + 90, truth + 20, now + 24])
  .lie((now, truth) => [now, truth, truth + 80, now + 24])
  .lie((now, truth) => [now, truth + 30_000, truth + 30_000, now + 60_000])
  .lie((now, truth) => [now, truth + 5_000, truth + 5_000, now + 24])
  .expect(1);

const cases = Object.entries({
  'the first burst': burst,
  'a path that becomes longer on both ways': pathStep,
  'spikes on one way only': spike,
  'a laptop that was suspended for an hour while its clock stood': suspended,
  'a crystal that is 200 ppm off': crystal,
  'exchanges that cannot have been': liar,
}).map(([name, { samples, answers }]) => ({ name, answers, samples }));

const about =
  'What time it is on the server (SYNC-8): samples are [c1, s2, s3, c4] in the order in which they were answered; after so many of them, server time at a local moment must be right within so many milliseconds.';
const text = JSON.stringify({ about, cases }, null, 1)
  // A sample to a line, so that a difference can be read.
  .replaceAll(/\[\s+([\d.]+),\s+([\d.]+),\s+([\d.]+),\s+([\d.]+)\s+\]/gu, '[$1, $2, $3, $4]');
await writeFile(target, `${text}\n`);
