/** What is played through, each the same for every controller. */

import type { PlayerCapabilities } from '../../src/sync/index.ts';
import { EventQueue } from '../../src/test/event-queue.ts';
import { type Device, type DeviceWishes, deviceFrom } from './devices.ts';
import { type Deeds, deedsOf, observe, type Seen } from './measure.ts';
import type { Network } from './network.ts';
import { aheadOfTheSlowest, VirtualRoom } from './room.ts';
import { RuleViewer } from './rule-viewer.ts';
import type { Rule } from './rules.ts';
import { Viewer, type Watcher } from './viewer.ts';

/** Ours, with what the player is known to be able to do, or another program's rule. */
export type Control = { kind: 'ours'; capabilities: PlayerCapabilities } | { kind: 'rule'; rule: Rule };

const ENTER_EVERY_MS = 150;
const CHATTING_MS = 6_000;
const IN_STEP_MS = 20;
const COMMANDS = 20;
/** Devices remember what they take to start, so nobody's first start counts. */
const REHEARSALS = 2;
/** In step is who stays in step for so long. */
const STAYS_MS = 1_000;

export class Stage {
  readonly events = new EventQueue();
  readonly room: VirtualRoom;
  readonly watchers: Watcher[] = [];
  readonly #control: Control;

  constructor(control: Control) {
    this.#control = control;
    const leadMs =
      control.kind === 'ours'
        ? aheadOfTheSlowest
        : (oneWays: readonly number[]) => control.rule.leadMs(oneWays.map((oneWay) => 2 * oneWay));
    this.room = new VirtualRoom(this.events, leadMs);
  }

  enter(wishes: DeviceWishes, prepare: (watcher: Watcher, device: Device) => void = () => {}): Watcher {
    const device = deviceFrom(wishes);
    const watcher =
      this.#control.kind === 'ours'
        ? new Viewer(device, this.#control.capabilities, this.events, this.room)
        : new RuleViewer(this.#control.rule, device, this.events, this.room);
    prepare(watcher, device);
    this.watchers.push(watcher);
    return watcher;
  }

  /** One after the other; when the last of them has settled. */
  gather(people: number, wishesOf: (index: number) => DeviceWishes): number {
    for (let i = 0; i < people; i += 1) this.events.at(i * ENTER_EVERY_MS, () => this.enter(wishesOf(i)));
    return people * ENTER_EVERY_MS + CHATTING_MS;
  }
}

export type Evening = {
  network: Network;
  people: number;
  minutes: number;
  seed: number;
  stalls?: boolean;
  embedded?: boolean;
};

/** People come, one presses play, and every three minutes somebody pauses, goes on, and jumps; some run out of data. */
export function evening(control: Control, wishes: Evening): Seen & { deeds: Deeds } {
  const { network, people, minutes, seed, stalls = false, embedded = false } = wishes;
  const stage = new Stage(control);
  const { events, room } = stage;
  const begin = stage.gather(people, (i) => ({ network, seed: seed * 1_000 + i, embedded }));
  const end = begin + minutes * 60_000;
  events.at(begin, () => room.play());
  for (let at = begin + 120_000; at + 60_000 < end; at += 180_000) {
    events.at(at, () => room.pause());
    events.at(at + 3_000, () => room.play());
    events.at(at + 60_000, () => room.seek(Math.round(room.truth()) + 300_000));
  }
  if (stalls) for (let at = begin + 45_000; at < end; at += 45_000) events.at(at, () => starveOne(stage, at));
  events.runUntil(begin);
  const seen = observe(events, room, stage.watchers, end);
  events.runUntil(end);
  return { ...seen, deeds: deedsOf(room, stage.watchers, begin) };
}

function starveOne({ watchers }: Stage, at: number): void {
  watchers[Math.floor(at / 45_000) % watchers.length]?.player.starve(1_000 + (at % 3_000));
}

/** Half an hour in which nobody touches anything, with sound cards that are off. */
export function steadyPlay(control: Control, network: Network, cardPpm: number, seed: number): Seen & { deeds: Deeds } {
  const stage = new Stage(control);
  const { events, room } = stage;
  const begin = stage.gather(4, (i) => ({
    network,
    seed: seed * 1_000 + i,
    cardPpm: i % 2 === 0 ? cardPpm : -cardPpm,
  }));
  const end = begin + 1_800_000;
  events.at(begin, () => room.play());
  events.runUntil(begin);
  const seen = observe(events, room, stage.watchers, end);
  events.runUntil(end);
  return { ...seen, deeds: deedsOf(room, stage.watchers, begin + 10_000) };
}

export type Starts = {
  /** Between the first new frames of every two whom the command reached before they had to call `play()`. */
  apart: number[];
  /** The share of those whom it reached too late, who catch up and are waited for by nobody. */
  lateShare: number;
};

/** Play is pressed again and again on a standing film. */
export function commandedStarts(control: Control, network: Network, people: number, seed: number): Starts {
  const stage = new Stage(control);
  const { events, room } = stage;
  let at = stage.gather(people, (i) => ({ network, seed: seed * 1_000 + i }));
  const apart: number[] = [];
  let late = 0;
  for (let i = -REHEARSALS; i < COMMANDS; i += 1) {
    events.runUntil(at);
    const shown = stage.watchers.map((watcher) => ({ watcher, first: watcher.player.nextFrameAt() }));
    room.play();
    events.runUntil(at + 4_000);
    const due = room.commands.at(-1)?.effectiveAt ?? 0;
    room.pause();
    at += 7_000;
    if (i < 0) continue;
    const inTime = shown.filter(({ watcher }) => watcher.heardAt <= due - watcher.player.usualStartLagMs);
    late += shown.length - inTime.length;
    const moments = inTime.map(({ first }) => first.at ?? Number.POSITIVE_INFINITY);
    for (const [j, one] of moments.entries())
      for (const other of moments.slice(j + 1)) apart.push(Math.abs(one - other));
  }
  return { apart, lateShare: late / (COMMANDS * people) };
}

/** Somebody comes into a moving film: how long after his first `canplay` until he is in step and stays there. */
export function joining(control: Control, network: Network, seed: number): number {
  const stage = new Stage(control);
  const { events, room } = stage;
  const begin = stage.gather(2, (i) => ({ network, seed: seed * 1_000 + i }));
  events.at(begin, () => room.play());
  events.runUntil(begin + 30_000);
  let canPlayAt = Number.NaN;
  const joiner = stage.enter({ network, seed: seed * 1_000 + 500 }, ({ player }, device) => {
    player.open(room.truth(), device.player.loadLagMs, () => {
      canPlayAt = events.now;
    });
  });
  let since: number | null = null;
  for (const limit = events.now + 60_000; events.now < limit; ) {
    events.runUntil(events.now + 20);
    const inStep = joiner.player.moving && Math.abs(joiner.shown() - room.truth()) <= IN_STEP_MS;
    since = inStep ? (since ?? events.now) : null;
    if (since !== null && events.now - since >= STAYS_MS) return since - canPlayAt;
  }
  return Number.POSITIVE_INFINITY;
}
