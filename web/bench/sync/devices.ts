/** What people sit at: one device drawn at random, the same one for every controller that is compared on it. */

import { randomFrom } from '../../src/test/random.ts';
import type { PlayerTraits } from '../../src/test/virtual-player.ts';
import { Crystal } from './crystal.ts';
import type { Network } from './network.ts';
import { Path } from './network.ts';

export type Device = { crystal: Crystal; there: Path; back: Path; player: PlayerTraits; random: () => number };

export type DeviceWishes = { network: Network; seed: number; cardPpm?: number; embedded?: boolean };

const REFRESHES = [60, 60, 60, 59.94, 75, 144];

/** A player in somebody else's frame: it tells its place seldom and roughly, seeks slowly, and has a menu of speeds. */
const EMBEDDED: Partial<PlayerTraits> = {
  startLagMs: 180,
  startVaries: 0.4,
  seekLagMs: 800,
  loadLagMs: 1_800,
  landingMs: 60,
  rates: [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2],
  wordNoiseMs: 60,
};

/** Each part has a random source of its own, so that one that draws more often than another does not change the rest. */
export function deviceFrom({ network, seed, cardPpm, embedded = false }: DeviceWishes): Device {
  const random = randomFrom(seed * 7919 + 1);
  const between = (from: number, to: number) => from + random() * (to - from);
  const crystal = new Crystal(between(-60, 60), -between(1_000, 100_000));
  const player: PlayerTraits = {
    startLagMs: between(20, 80),
    startVaries: 0.25,
    seekLagMs: between(60, 200),
    loadLagMs: between(300, 900),
    rateLatencyMs: between(20, 150),
    cardPpm: cardPpm ?? between(-60, 60),
    refreshHz: REFRESHES[Math.floor(random() * REFRESHES.length)] ?? 60,
    lateFrames: 0.05,
    leadMs: 31,
    excursionMs: between(-2, 2),
    landingMs: 0,
    rates: null,
    wordNoiseMs: 3,
    random: randomFrom(seed * 104729 + 2),
    ...(embedded ? EMBEDDED : {}),
  };
  const [there, back] = [new Path(network, randomFrom(seed * 31 + 3)), new Path(network, randomFrom(seed * 37 + 4))];
  return { crystal, there, back, player, random: randomFrom(seed * 15485863 + 5) };
}
