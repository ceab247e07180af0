import { describe, expect, it } from 'vitest';
import type { SyncCommand } from '@/api/generated/protocol';
import { randomFrom } from '@/test/random';
import { commandWith } from '@/test/timeline-fixtures';
import { CommandSequencer } from './sequencer';

const command = (sequenceNumber: number, epoch = 1): SyncCommand => commandWith({ sequenceNumber, epoch });
const numbers = (commands: readonly SyncCommand[]): number[] => commands.map((c) => c.playback.sequenceNumber);
const sequencer = (sequenceNumber = 0, epoch = 1): CommandSequencer => new CommandSequencer({ epoch, sequenceNumber });

describe('commands', () => {
  // SYNC-6
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('are applied once each and in order, however they arrive (seed %i)', (seed) => {
    const random = randomFrom(seed);
    const sent = Array.from({ length: 40 }, (_, i) => command(i + 1));
    const arriving = [...sent, ...sent.filter(() => random() < 0.3)]
      .map((c, i) => ({ c, at: i + random() * 12 }))
      .sort((a, b) => a.at - b.at);
    const order = sequencer();
    const applied = arriving.flatMap(({ c, at }) => order.offer([c], at));
    expect(numbers(applied)).toEqual(numbers(sent));
  });

  // SYNC-6
  it('are held back while an earlier one is missing', () => {
    const order = sequencer(4);
    expect(order.offer([command(6)], 0)).toEqual([]);
    expect(numbers(order.offer([command(5)], 10))).toEqual([5, 6]);
  });

  // SYNC-6
  it('that are missing are asked for once, after a short time', () => {
    const order = sequencer(4);
    order.offer([command(7)], 1_000);
    expect(order.demand(1_000)).toEqual({ kind: 'wait', until: 1_300 });
    expect(order.demand(1_300)).toEqual({ kind: 'ask', after: 4 });
    expect(order.demand(1_400)).toEqual({ kind: 'wait', until: 3_000 });
    expect(numbers(order.offer([command(5), command(6), command(7)], 1_500))).toEqual([5, 6, 7]);
    expect(order.demand(1_500)).toEqual({ kind: 'none' });
  });

  // SYNC-6
  it('that never come do not hold the room up for ever: the newest carries the whole state', () => {
    const order = sequencer(4);
    order.offer([command(7), command(6)], 0);
    expect(order.giveUp(1_999)).toEqual([]);
    expect(numbers(order.giveUp(2_000))).toEqual([6, 7]);
    expect(numbers(order.offer([command(5), command(8)], 2_100))).toEqual([8]);
  });

  // SYNC-7
  it('of an older epoch are dropped, and the first of a newer one is taken as it is', () => {
    const order = sequencer(10, 2);
    expect(order.offer([command(11, 1)], 0)).toEqual([]);
    expect(numbers(order.offer([command(12, 3)], 0))).toEqual([12]);
    expect(order.last).toEqual({ epoch: 3, sequenceNumber: 12 });
  });

  // SYNC-7
  it('up to a full snapshot are known', () => {
    const order = sequencer(1);
    order.offer([command(5)], 0);
    order.resync({ epoch: 1, sequenceNumber: 9 });
    expect(order.demand(10_000)).toEqual({ kind: 'none' });
    expect(numbers(order.offer([command(8), command(9), command(10)], 1))).toEqual([10]);
  });
});
