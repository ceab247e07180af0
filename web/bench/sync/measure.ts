/** Measuring: a pair of eyes that sees every screen at the same true moments. */

import type { EventQueue } from '../../src/test/event-queue.ts';
import type { VirtualRoom } from './room.ts';
import type { Watcher } from './viewer.ts';

/** Not a divisor of any period in the simulation, so that it meets every phase of them. */
const LOOK_MS = 97;
/** What happens right after a command is the command's doing. */
const SETTLED_AFTER_MS = 10_000;
const COMMAND_SHADOW_MS = 4_000;
const AUDIBLE_RATE = 0.02;

export type Distribution = { p50: number; p95: number; p99: number; max: number };

export function distribution(values: readonly number[]): Distribution {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export type Seen = {
  /** Film milliseconds between the two that are farthest apart. */
  widest: number[];
  /** Between every two. */
  pairs: number[];
  /** Between each and where the film truly is, with its sign. */
  errors: number[];
  clock: number[];
};

/** Looks at all of them while the room plays, until `end`; commands and the seconds after them are left out. */
export function observe(events: EventQueue, room: VirtualRoom, watchers: readonly Watcher[], end: number): Seen {
  const seen: Seen = { widest: [], pairs: [], errors: [], clock: [] };
  const look = () => {
    const last = Math.max(room.commands.at(-1)?.effectiveAt ?? Number.POSITIVE_INFINITY, ...watchers.map(joined));
    if (room.playback.isPlaying && events.now > last + SETTLED_AFTER_MS) note(seen, room, watchers);
    if (events.now + LOOK_MS < end) events.after(LOOK_MS, look);
  };
  events.after(LOOK_MS, look);
  return seen;
}

const joined = (watcher: Watcher): number => watcher.joinedAt;

function note(seen: Seen, room: VirtualRoom, watchers: readonly Watcher[]): void {
  const shown = watchers.filter(({ player }) => !player.starved).map((watcher) => watcher.shown());
  const truth = room.truth();
  const sorted = [...shown].sort((a, b) => a - b);
  seen.widest.push((sorted.at(-1) ?? 0) - (sorted[0] ?? 0));
  for (const [i, first] of sorted.entries()) {
    const second = sorted[(i + 1 + (seen.widest.length % (sorted.length - 1))) % sorted.length];
    if (second !== undefined) seen.pairs.push(Math.abs(first - second));
  }
  for (const place of shown) seen.errors.push(place - truth);
  for (const watcher of watchers) seen.clock.push(Math.abs(watcher.clockError() ?? Number.NaN));
}

export type Deeds = { rateChanges: number; seeks: number; audible: number; fastest: number };

/** What the players did in steady play: outside the seconds after a command, a jump or a start of their own. */
export function deedsOf(room: VirtualRoom, watchers: readonly Watcher[], from: number): Deeds {
  const deeds: Deeds = { rateChanges: 0, seeks: 0, audible: 0, fastest: 0 };
  for (const { player } of watchers) {
    const starts = [...room.commands.map(({ effectiveAt }) => effectiveAt), ...player.stalls];
    for (const { at, kind, rate } of player.deeds) {
      const excused = at < from || starts.some((start) => at >= start - 500 && at < start + COMMAND_SHADOW_MS);
      if (excused) continue;
      if (kind === 'rate') {
        deeds.rateChanges += 1;
        deeds.fastest = Math.max(deeds.fastest, Math.abs(rate - 1));
        if (Math.abs(rate - 1) > AUDIBLE_RATE + 1e-9) deeds.audible += 1;
      }
      if (kind === 'seek') {
        deeds.seeks += 1;
        deeds.audible += 1;
      }
    }
  }
  return deeds;
}
