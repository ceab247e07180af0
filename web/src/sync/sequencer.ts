/**
 * Brings commands into their one order (SYNC-6): by epoch, then sequence number, each at most once.
 *
 * A gap is waited for a little, then asked for, and at last given up: each command carries the state it led to, so that
 * the newest alone is enough to be right. What is lost by giving up is only the tale of how it came about.
 */

import type { SyncCommand } from '@/api/generated/protocol';
import type { LocalTime } from './clock-model';

/** Commands of one room overtake each other by milliseconds, on a bad network by a few hundred. */
const PATIENCE_MS = 300;
const GIVE_UP_MS = 2_000;
/** More than anybody can press within the time of giving up; beyond it the oldest are useless anyway. */
const MAX_HELD = 64;

export type Position = { epoch: number; sequenceNumber: number };

export type SequencerDemand = { kind: 'none' } | { kind: 'wait'; until: LocalTime } | { kind: 'ask'; after: number };

export class CommandSequencer {
  #last: Position;
  #held = new Map<number, SyncCommand>();
  #gap: { since: LocalTime; askedAt: LocalTime | null } | null = null;

  constructor(start: Position) {
    this.#last = { epoch: start.epoch, sequenceNumber: start.sequenceNumber };
  }

  get last(): Position {
    return this.#last;
  }

  /** `server:hello` brought the whole state: everything up to there is known. */
  resync(position: Position): void {
    this.#last = { epoch: position.epoch, sequenceNumber: position.sequenceNumber };
    this.#held.clear();
    this.#gap = null;
  }

  /** Takes commands as they came; returns those to apply now, in order. */
  offer(commands: readonly SyncCommand[], now: LocalTime): SyncCommand[] {
    const ready: SyncCommand[] = [];
    for (const command of commands) ready.push(...this.#take(command));
    this.#noteGap(now);
    return ready;
  }

  /** What the gap, if there is one, calls for. Asking is remembered, so it is asked once. */
  demand(now: LocalTime): SequencerDemand {
    if (this.#gap === null) return { kind: 'none' };
    const { since, askedAt } = this.#gap;
    if (askedAt !== null) return { kind: 'wait', until: since + GIVE_UP_MS };
    if (now < since + PATIENCE_MS) return { kind: 'wait', until: since + PATIENCE_MS };
    this.#gap.askedAt = now;
    return { kind: 'ask', after: this.#last.sequenceNumber };
  }

  /** After the last wait: goes on with what is there. */
  giveUp(now: LocalTime): SyncCommand[] {
    if (this.#gap === null || now < this.#gap.since + GIVE_UP_MS) return [];
    const held = [...this.#held.values()].sort((a, b) => a.playback.sequenceNumber - b.playback.sequenceNumber);
    this.#held.clear();
    this.#gap = null;
    const newest = held.at(-1);
    if (newest) this.#last = positionOf(newest);
    return held;
  }

  #take(command: SyncCommand): SyncCommand[] {
    const { epoch, sequenceNumber } = command.playback;
    if (epoch < this.#last.epoch) return [];
    if (epoch > this.#last.epoch) return this.#enterEpoch(command);
    if (sequenceNumber <= this.#last.sequenceNumber) return [];
    if (sequenceNumber > this.#last.sequenceNumber + 1) {
      this.#hold(command);
      return [];
    }
    return this.#release(command);
  }

  #hold(command: SyncCommand): void {
    this.#held.set(command.playback.sequenceNumber, command);
    if (this.#held.size > MAX_HELD) this.#held.delete(Math.min(...this.#held.keys()));
  }

  /** Another process took the room over. What was held belongs to the old one and will never be completed. */
  #enterEpoch(command: SyncCommand): SyncCommand[] {
    this.#held.clear();
    this.#last = positionOf(command);
    return [command];
  }

  #release(first: SyncCommand): SyncCommand[] {
    const ready = [first];
    let next = first.playback.sequenceNumber + 1;
    for (let held = this.#held.get(next); held; held = this.#held.get(next)) {
      ready.push(held);
      next += 1;
    }
    this.#last = { epoch: this.#last.epoch, sequenceNumber: next - 1 };
    for (const sequenceNumber of this.#held.keys()) if (sequenceNumber < next) this.#held.delete(sequenceNumber);
    return ready;
  }

  #noteGap(now: LocalTime): void {
    if (this.#held.size === 0) this.#gap = null;
    else this.#gap ??= { since: now, askedAt: null };
  }
}

function positionOf(command: SyncCommand): Position {
  return { epoch: command.playback.epoch, sequenceNumber: command.playback.sequenceNumber };
}
