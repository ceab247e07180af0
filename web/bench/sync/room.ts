/** The server's side of a room, as crates/room does it: one anchor, commands in order, each scheduled a little ahead. */

import type { CommandKind, PlaybackState, SyncCommand } from '../../src/api/generated/protocol.ts';
import { positionAt } from '../../src/sync/index.ts';
import type { EventQueue } from '../../src/test/event-queue.ts';

/** Server time is true time plus this: milliseconds since 1970, so that the arithmetic is done with numbers as large as in life. */
export const SERVER_EPOCH = 1_790_000_000_000;
const LEAD_MS = { least: 80, most: 400, margin: 80 };

/** How far ahead a command is scheduled, out of the one-way times to those who could follow it. */
export type Scheduling = (oneWaysMs: readonly number[]) => number;

export const aheadOfTheSlowest: Scheduling = (oneWays) => {
  const needs = oneWays.map((oneWay) => oneWay + LEAD_MS.margin);
  return Math.max(LEAD_MS.least, ...needs.filter((need) => need <= LEAD_MS.most));
};

export interface Guest {
  receive(command: SyncCommand): void;
  /** Half of the round trip that it last reported, when its player could follow. */
  oneWayMs(): number | null;
}

export class VirtualRoom {
  readonly #events: EventQueue;
  readonly #guests = new Set<Guest>();
  readonly #leadMs: Scheduling;
  readonly commands: { at: number; kind: CommandKind; effectiveAt: number }[] = [];
  playback: PlaybackState = {
    source: { kind: 'video', videoId: '01890000-0000-7000-8000-000000000001' },
    isPlaying: false,
    playbackRate: 1,
    anchorServerTimeMs: SERVER_EPOCH,
    anchorMediaTimeMs: 60_000,
    sequenceNumber: 1,
    epoch: 1,
  };

  constructor(events: EventQueue, leadMs: Scheduling = aheadOfTheSlowest) {
    this.#events = events;
    this.#leadMs = leadMs;
  }

  enter(guest: Guest): void {
    this.#guests.add(guest);
  }

  serverTime(trueTime = this.#events.now): number {
    return SERVER_EPOCH + trueTime;
  }

  /** Where the film truly is. */
  truth(): number {
    return positionAt(this.playback, this.serverTime());
  }

  play(): void {
    this.#command('PLAY', { isPlaying: true });
  }

  pause(): void {
    this.#command('PAUSE', { isPlaying: false });
  }

  seek(toMs: number): void {
    this.#command('SEEK', {}, toMs);
  }

  #command(kind: CommandKind, change: Partial<PlaybackState>, toMs?: number): void {
    const oneWays = [...this.#guests].flatMap((guest) => guest.oneWayMs() ?? []);
    const at = Math.round(this.serverTime() + this.#leadMs(oneWays));
    const place = Math.round(toMs ?? positionAt(this.playback, at));
    const sequenceNumber = this.playback.sequenceNumber + 1;
    const anchor = { anchorServerTimeMs: at, anchorMediaTimeMs: place, sequenceNumber };
    this.playback = { ...this.playback, ...change, ...anchor };
    this.commands.push({ at: this.#events.now, kind, effectiveAt: at - SERVER_EPOCH });
    const command = { kind, atServerTimeMs: at, issuer: null, idempotencyKey: null, playback: this.playback };
    for (const guest of this.#guests) guest.receive(command);
  }
}
