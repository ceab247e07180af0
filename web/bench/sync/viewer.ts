/** One person by the engine of the product: clock, sequencer and pilot are the real ones, everything around them is virtual. */

import type { PlayerState, SyncCommand } from '../../src/api/generated/protocol.ts';
import {
  ClockFilter,
  CommandSequencer,
  nextExchangeInMs,
  Pilot,
  type PlayerCapabilities,
  scheduled,
  type Timeline,
  timelineFrom,
} from '../../src/sync/index.ts';
import type { EventQueue } from '../../src/test/event-queue.ts';
import { exponential } from '../../src/test/random.ts';
import { VirtualPlayer } from '../../src/test/virtual-player.ts';
import type { Device } from './devices.ts';
import type { Guest, VirtualRoom } from './room.ts';

/** What each thinks and where it is; what the measurements need of every kind of viewer. */
export interface Watcher {
  readonly player: VirtualPlayer;
  readonly joinedAt: number;
  /** When the last command reached it. */
  readonly heardAt: number;
  /** Where it shows the film to be, by what it steers: the picture, or the player's clock. */
  shown(): number;
  /** Its idea of server time less the truth. */
  clockError(): number | null;
}

const NOT_YET_MS = 200;
/** Timers are late, never early; now and then the page is busy with something else. */
const TIMER_LATE_MS = 1.5;
const BUSY_SHARE = 0.01;
const BUSY_MS = 30;

export class Viewer implements Watcher, Guest {
  readonly player: VirtualPlayer;
  readonly joinedAt: number;
  readonly clock = new ClockFilter();
  readonly pilot: Pilot;
  state: PlayerState = 'loading';
  troubled = false;
  heardAt = 0;
  readonly #device: Device;
  readonly #events: EventQueue;
  readonly #room: VirtualRoom;
  readonly #sequencer = new CommandSequencer({ epoch: 0, sequenceNumber: 0 });
  readonly #round: { startedAt: number; sent: number };
  #timeline: Timeline;
  #stepOrder = 0;

  constructor(device: Device, capabilities: PlayerCapabilities, events: EventQueue, room: VirtualRoom) {
    this.#device = device;
    this.#events = events;
    this.#room = room;
    this.joinedAt = events.now;
    this.pilot = new Pilot(capabilities);
    this.player = new VirtualPlayer(device.player, events);
    this.player.onChange = () => this.#step();
    this.player.onFrame = (frame) => this.#frame(frame);
    this.#timeline = timelineFrom(room.playback);
    this.#sequencer.resync(room.playback);
    this.#round = { startedAt: this.#local(), sent: 0 };
    room.enter(this);
    this.#exchange();
    this.#step();
  }

  shown(): number {
    return this.player.light();
  }

  clockError(): number | null {
    const thought = this.clock.serverTime(this.#local());
    return thought === null ? null : thought - this.#room.serverTime();
  }

  oneWayMs(): number | null {
    const roundTrip = this.clock.quality()?.roundTripP95Ms;
    return roundTrip !== undefined && (this.state === 'ready' || this.state === 'playing') ? roundTrip / 2 : null;
  }

  receive(command: SyncCommand): void {
    this.#events.at(this.#device.back.arrival(this.#events.now), () => {
      this.heardAt = this.#events.now;
      for (const ready of this.#sequencer.offer([command], this.#local())) {
        const now = this.clock.serverTime(this.#local()) ?? ready.atServerTimeMs;
        this.#timeline = scheduled(this.#timeline, ready, now);
        this.pilot.roomChanged();
      }
      this.#step();
    });
  }

  #local(): number {
    return this.#device.crystal.reads(this.#events.now);
  }

  #exchange(): void {
    const sentAt = this.#local();
    this.#round.sent += 1;
    const { there, back, random } = this.#device;
    this.#events.at(there.arrival(this.#events.now), () => {
      const s2 = this.#room.serverTime();
      const s3 = s2 + 0.02 + exponential(random, 0.05);
      this.#events.at(back.arrival(this.#events.now + s3 - s2) + exponential(random, 0.1), () => {
        this.clock.add({ sentAt, s2, s3, receivedAt: this.#local() });
      });
    });
    const pause = nextExchangeInMs(this.#round, sentAt, this.clock.quality());
    this.#events.after(this.#device.crystal.lasts(pause), () => this.#exchange());
  }

  #frame({ mediaTimeMs, shownAt }: { mediaTimeMs: number; shownAt: number }): void {
    const reported = this.#device.crystal.reads(shownAt) + (this.#device.random() - 0.5) * 0.6;
    const server = this.#device.player.rates === null ? this.clock.serverTime(reported) : null;
    if (server !== null) this.pilot.frame({ mediaTimeMs, shownAt: reported }, this.#timeline, server);
  }

  #step(): void {
    const order = ++this.#stepOrder;
    const wait = this.#device.crystal.lasts(this.#decide()) + this.#late();
    this.#events.after(wait, () => order === this.#stepOrder && this.#step());
  }

  #decide(): number {
    const now = this.#local();
    const serverNow = this.clock.serverTime(now);
    if (serverNow === null || !this.player.loaded) return NOT_YET_MS;
    const player = this.player.view();
    const flight = this.pilot.step({
      now,
      serverNow,
      timeline: this.#timeline,
      player,
      durationMs: 7_200_000,
      // An embedded player announces no frames.
      blind: this.#device.player.rates !== null,
    });
    for (const action of flight.actions) this.player.act(action);
    this.state = flight.state;
    this.troubled = flight.troubled;
    return flight.nextInMs;
  }

  #late(): number {
    const { random } = this.#device;
    return exponential(random, TIMER_LATE_MS) + (random() < BUSY_SHARE ? random() * BUSY_MS : 0);
  }
}
