/** What is played through, each the same for every controller. */

import type { PlayerCapabilities } from '../../src/sync/index.ts';
import { type DeviceWishes, deviceFrom } from './devices.ts';
import { EventQueue } from './event-queue.ts';
import { type Deeds, deedsOf, observe, type Seen } from './measure.ts';
import type { Network } from './network.ts';
import { aheadOfTheSlowest, VirtualRoom } from './room.ts';
import { RuleViewer } from './rule-viewer.ts';
import type { Rule } from './rules.ts';
import { Viewer, type Watcher } from './viewer.ts';

/** Ours, with what the player is known to be able to do, or another program's rule. */
export type Control = { kind: 'ours'; capabilities: PlayerCapabilities } | { kind: 'rule'; rule: Rule };

export type Stage = { events: EventQueue; room: VirtualRoom; watchers: Watcher[] };

export function stageFor(control: Control): Stage {
  const events = new EventQueue();
  const leadMs =
    control.kind === 'ours'
      ? aheadOfTheSlowest
      : (oneWays: readonly number[]) => control.rule.leadMs(oneWays.map((oneWay) => 2 * oneWay));
  return { events, room: new VirtualRoom(events, leadMs), watchers: [] };
}

export function enter(stage: Stage, control: Control, wishes: DeviceWishes): Watcher {
  const device = deviceFrom(wishes);
  const { events, room } = stage;
  const watcher =
    control.kind === 'ours'
      ? new Viewer(device, control.capabilities, events, room)
      : new RuleViewer(control.rule, device, events, room);
  stage.watchers.push(watcher);
  return watcher;
}

export type Evening = { network: Network; people: number; minutes: number; seed: number; cardPpm?: number };

/** People come one after the other, one presses play, now and then someone pauses or jumps. */
export function evening(
  control: Control,
  { network, people, minutes, seed, cardPpm }: Evening,
): Seen & { deeds: Deeds } {
  const stage = stageFor(control);
  const { events, room } = stage;
  for (let i = 0; i < people; i += 1) {
    const wishes = { network, seed: seed * 1_000 + i, ...(cardPpm === undefined ? {} : { cardPpm }) };
    events.at(i * 150, () => enter(stage, control, wishes));
  }
  const begin = people * 150 + 6_000;
  const end = begin + minutes * 60_000;
  events.at(begin, () => room.play());
  for (let at = begin + 120_000; at + 60_000 < end; at += 180_000) {
    events.at(at, () => room.pause());
    events.at(at + 3_000, () => room.play());
    events.at(at + 60_000, () => room.seek(Math.round(room.truth()) + 300_000));
  }
  events.runUntil(begin);
  const seen = observe(events, room, stage.watchers, end);
  events.runUntil(end);
  return { ...seen, deeds: deedsOf(room, stage.watchers, begin) };
}
