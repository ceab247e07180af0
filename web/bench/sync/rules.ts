/**
 * Controllers of other programs, written anew from what their sources and documents say they do. They are rules, not those
 * programs: what is compared is the rule, on the same players, networks and moments. Where a rule leaves something open, it
 * gets what favours it: the room's timeline as truth, the exact position of its player, corrections switched on.
 */

export type ClockSample = { offset: number; roundTrip: number };

export type Rule = {
  name: string;
  /** How far ahead the server schedules a command, out of everybody's last round trips. */
  leadMs: (roundTrips: readonly number[]) => number;
  /** The pause after so many exchanges of the clock; none when it has no clock. */
  exchangeInMs: ((sent: number) => number) | null;
  /** The offset of the server's clock, out of the samples until now, the newest last. */
  offset: (samples: readonly ClockSample[]) => number;
  checkMs: number;
  correct: (ahead: number, speed: number) => Correction;
};

/** For how long a change of speed lasts; for ever means until told otherwise. */
export type Correction = { kind: 'none' } | { kind: 'seek' } | { kind: 'rate'; rate: number; lastsMs: number };

const NONE: Correction = { kind: 'none' };
const SEEK: Correction = { kind: 'seek' };
const FOR_EVER = Number.POSITIVE_INFINITY;

const latest = (samples: readonly ClockSample[]): number => samples.at(-1)?.offset ?? 0;

function quickestOfEight(samples: readonly ClockSample[]): number {
  const recent = samples.slice(-8);
  return recent.reduce((best, sample) => (sample.roundTrip < best.roundTrip ? sample : best)).offset;
}

/** The age of the newest message is taken for half of the smoothed round trip. */
function byAge(samples: readonly ClockSample[]): number {
  const newest = samples.at(-1);
  if (newest === undefined) return 0;
  const recent = samples.slice(-40);
  const smoothed = recent.reduce((sum, { roundTrip }, i) => (i === 0 ? roundTrip : 0.85 * sum + 0.15 * roundTrip), 0);
  return newest.offset + (smoothed - newest.roundTrip) / 2;
}

const seekBeyond =
  (limit: number) =>
  (ahead: number): Correction =>
    Math.abs(ahead) > limit ? SEEK : NONE;

export const RULES: readonly Rule[] = [
  {
    name: 'rule of SyncTV',
    leadMs: () => 0,
    exchangeInMs: () => 30_000,
    offset: latest,
    checkMs: 2_000,
    correct: seekBeyond(1_200),
  },
  {
    name: 'rule of Jellyfin SyncPlay',
    leadMs: (roundTrips) => Math.max(500, ...roundTrips.map((roundTrip) => 2 * roundTrip)),
    exchangeInMs: (sent) => (sent <= 3 ? 1_000 : 60_000),
    offset: quickestOfEight,
    checkMs: 1_500,
    correct: (ahead) => {
      if (Math.abs(ahead) < 60) return NONE;
      if (Math.abs(ahead) > 400) return SEEK;
      return { kind: 'rate', rate: Math.max(0.2, 1 - ahead / 1_000), lastsMs: 1_000 };
    },
  },
  {
    name: 'rule of Syncplay',
    leadMs: () => 0,
    exchangeInMs: () => 1_000,
    offset: byAge,
    checkMs: 1_000,
    correct: (ahead, speed) => {
      if (ahead > 4_000 || ahead < -5_000) return SEEK;
      if (speed === 1 && ahead > 1_500) return { kind: 'rate', rate: 0.95, lastsMs: FOR_EVER };
      return speed !== 1 && ahead < 100 ? { kind: 'rate', rate: 1, lastsMs: FOR_EVER } : NONE;
    },
  },
  {
    name: 'rule of OpenTogetherTube',
    leadMs: () => 0,
    exchangeInMs: null,
    offset: latest,
    checkMs: 250,
    correct: seekBeyond(1_000),
  },
];
