/** One person by the rule of another program, at the same kind of device as everybody. */

import type { PlaybackState, SyncCommand } from '../../src/api/generated/protocol.ts';
import { positionAt } from '../../src/sync/index.ts';
import type { EventQueue } from '../../src/test/event-queue.ts';
import { VirtualPlayer } from '../../src/test/virtual-player.ts';
import type { Device } from './devices.ts';
import type { Guest, VirtualRoom } from './room.ts';
import type { ClockSample, Rule } from './rules.ts';
import type { Watcher } from './viewer.ts';

/** After a jump the player is left alone for this long. */
const GUARD_MS = 800;

export class RuleViewer implements Watcher, Guest {
  readonly player: VirtualPlayer;
  readonly joinedAt: number;
  heardAt = 0;
  readonly #rule: Rule;
  readonly #device: Device;
  readonly #events: EventQueue;
  readonly #room: VirtualRoom;
  readonly #samples: ClockSample[] = [];
  #sent = 0;
  #playback: PlaybackState;
  #leaveAloneUntil = 0;

  constructor(rule: Rule, device: Device, events: EventQueue, room: VirtualRoom) {
    this.#rule = rule;
    this.#device = device;
    this.#events = events;
    this.#room = room;
    this.joinedAt = events.now;
    this.player = new VirtualPlayer(device.player, events);
    this.#playback = room.playback;
    room.enter(this);
    if (rule.exchangeInMs !== null) this.#exchange();
    this.player.act({ kind: 'seek', toMs: room.playback.anchorMediaTimeMs });
    events.after(rule.checkMs, () => this.#check());
  }

  /** By the clock of the player, which is all that the rules look at; its picture is a little beside it. */
  shown(): number {
    return this.player.position();
  }

  clockError(): number | null {
    return this.#samples.length === 0 ? null : this.#serverNow() - this.#room.serverTime();
  }

  oneWayMs(): number | null {
    return (this.#samples.at(-1)?.roundTrip ?? 0) / 2;
  }

  receive(command: SyncCommand): void {
    const issuedAt = this.#room.serverTime();
    this.#events.at(this.#device.back.arrival(this.#events.now), () => {
      this.heardAt = this.#events.now;
      // Without a clock, a message counts as having been written when it came.
      if (this.#rule.exchangeInMs === null) this.#samples.push({ offset: issuedAt - this.#local(), roundTrip: 0 });
      this.#playback = command.playback;
      const wait = command.playback.anchorServerTimeMs - this.#serverNow();
      this.#events.after(Math.max(0, wait), () => this.#playback === command.playback && this.#obey(command));
    });
  }

  #obey({ kind, playback }: SyncCommand): void {
    if (kind !== 'PLAY') this.player.act({ kind: 'seek', toMs: playback.anchorMediaTimeMs });
    if (playback.isPlaying !== !this.player.paused) this.player.act({ kind: playback.isPlaying ? 'play' : 'pause' });
    this.#leaveAloneUntil = this.#events.now + GUARD_MS;
  }

  #check(): void {
    this.#events.after(this.#rule.checkMs, () => this.#check());
    const { player } = this;
    if (!this.#playback.isPlaying || player.paused || player.seeking || this.#events.now < this.#leaveAloneUntil)
      return;
    const target = positionAt(this.#playback, this.#serverNow());
    const correction = this.#rule.correct(player.position() - target, player.rate);
    if (correction.kind === 'seek') {
      player.act({ kind: 'seek', toMs: target });
      this.#leaveAloneUntil = this.#events.now + GUARD_MS;
    }
    if (correction.kind === 'rate') {
      player.act({ kind: 'rate', rate: correction.rate });
      if (Number.isFinite(correction.lastsMs))
        this.#events.after(correction.lastsMs, () => player.act({ kind: 'rate', rate: 1 }));
    }
  }

  #serverNow(): number {
    return this.#samples.length === 0 ? this.#room.serverTime() : this.#local() + this.#rule.offset(this.#samples);
  }

  #local(): number {
    return this.#device.crystal.reads(this.#events.now);
  }

  #exchange(): void {
    const sentAt = this.#local();
    const { there, back } = this.#device;
    this.#events.at(there.arrival(this.#events.now), () => {
      const server = this.#room.serverTime();
      this.#events.at(back.arrival(this.#events.now), () => {
        const receivedAt = this.#local();
        const roundTrip = receivedAt - sentAt;
        this.#samples.push({ offset: server - (sentAt + receivedAt) / 2, roundTrip });
      });
    });
    this.#sent += 1;
    const pause = this.#rule.exchangeInMs?.(this.#sent);
    if (pause !== undefined) this.#events.after(pause, () => this.#exchange());
  }
}
