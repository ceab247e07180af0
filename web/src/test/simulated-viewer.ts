/** One viewer on virtual time: simulated player and pilot, wired as the browser's loop wires them. */

import type { PlaybackState, PlayerState, SyncCommand } from '@/api/generated/protocol';
import { Pilot, type PlayerCapabilities, positionAt, scheduled, type Timeline, timelineFrom, viewAt } from '@/sync';
import { type PlayerTraits, SimulatedPlayer } from './simulated-player';

export class SimulatedViewer {
  readonly player: SimulatedPlayer;
  readonly pilot: Pilot;
  state: PlayerState = 'idle';
  troubled = false;
  now = 0;
  #timeline: Timeline;
  #wakeAt = 0;
  /** The timer of a browser is a little late, never early. */
  readonly #timerLag: () => number;

  constructor(playback: PlaybackState, traits: PlayerTraits, capabilities: PlayerCapabilities, startAt = 0) {
    this.#timeline = timelineFrom(playback);
    this.player = new SimulatedPlayer(traits);
    this.pilot = new Pilot(capabilities);
    this.now = startAt;
    this.#wakeAt = startAt;
    this.#timerLag = () => traits.random() * 3;
  }

  receive(command: SyncCommand): void {
    this.#timeline = scheduled(this.#timeline, command, this.now);
    this.pilot.roomChanged();
    this.#wakeAt = this.now;
  }

  /** How far the player's own position is from the room's. */
  error(): number {
    return this.player.position - positionAt(viewAt(this.#timeline, this.now).current, this.now);
  }

  /** Lets time pass in milliseconds; calls `each` after every one. */
  run(durationMs: number, each: () => void = () => {}): this {
    for (const end = this.now + durationMs; this.now < end; this.now += 1) {
      const frame = this.player.advance(this.now, 1);
      if (frame) this.pilot.frame(frame, this.#timeline, frame.shownAt);
      if (this.now >= this.#wakeAt) this.#decide();
      each();
    }
    return this;
  }

  #decide(): void {
    const flight = this.pilot.step({
      now: this.now,
      serverNow: this.now,
      timeline: this.#timeline,
      player: this.player.view(),
      durationMs: 3_600_000,
      blind: false,
    });
    for (const action of flight.actions) this.player.act(action, this.now);
    this.state = flight.state;
    this.troubled = flight.troubled;
    // Browsers announce what a player does by events, and each is a reason to look again.
    const moved = flight.actions.some(({ kind }) => kind === 'play' || kind === 'pause' || kind === 'seek');
    this.#wakeAt = this.now + (moved ? 2 : flight.nextInMs) + this.#timerLag();
  }
}
