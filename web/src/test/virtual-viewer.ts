/**
 * One viewer whose clock is right: virtual player and pilot, wired as the browser's loop wires them. What clocks, networks and
 * rooms do to it is simulated in `bench/sync`, with the same player.
 */

import type { PlaybackState, PlayerState, SyncCommand } from '@/api/generated/protocol';
import { Pilot, type PlayerCapabilities, positionAt, scheduled, type Timeline, timelineFrom, viewAt } from '@/sync';
import { EventQueue } from './event-queue';
import { type PlayerTraits, VirtualPlayer } from './virtual-player';

/** Timers of a browser are a little late, never early. */
const TIMER_LATE_MS = 3;

export class VirtualViewer {
  readonly player: VirtualPlayer;
  readonly pilot: Pilot;
  state: PlayerState = 'idle';
  troubled = false;
  readonly #events = new EventQueue();
  readonly #random: () => number;
  #timeline: Timeline;
  #stepOrder = 0;

  constructor(playback: PlaybackState, traits: PlayerTraits, capabilities: PlayerCapabilities, startAt = 0) {
    this.#timeline = timelineFrom(playback);
    this.#random = traits.random;
    this.#events.now = startAt;
    this.player = new VirtualPlayer(traits, this.#events);
    this.pilot = new Pilot(capabilities);
    this.player.onFrame = (frame) => this.pilot.frame(frame, this.#timeline, frame.shownAt);
    this.player.onChange = () => this.#step();
    this.#events.after(0, () => this.#step());
  }

  get now(): number {
    return this.#events.now;
  }

  receive(command: SyncCommand): void {
    this.#timeline = scheduled(this.#timeline, command, this.now);
    this.pilot.roomChanged();
    this.#step();
  }

  /** How far the player's own position is from the room's. */
  error(): number {
    return this.player.position() - positionAt(viewAt(this.#timeline, this.now).current, this.now);
  }

  /** Lets time pass in milliseconds; calls `each` after every one. */
  run(durationMs: number, each: () => void = () => {}): this {
    for (const end = this.now + durationMs; this.now < end; ) {
      this.#events.runUntil(this.now + 1);
      each();
    }
    return this;
  }

  #step(): void {
    const order = ++this.#stepOrder;
    this.#events.after(
      this.#decide() + this.#random() * TIMER_LATE_MS,
      () => order === this.#stepOrder && this.#step(),
    );
  }

  #decide(): number {
    const flight = this.pilot.step({
      now: this.now,
      serverNow: this.now,
      timeline: this.#timeline,
      player: this.player.view(),
      durationMs: 3_600_000,
      blind: false,
    });
    for (const action of flight.actions) this.player.act(action);
    this.state = flight.state;
    this.troubled = flight.troubled;
    return flight.nextInMs;
  }
}
