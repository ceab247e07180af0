/** One viewer on virtual time: simulated player, estimator and controller, wired as the browser's loop wires them. */

import type { PlaybackState, PlayerState, SyncCommand } from '@/api/generated/protocol';
import {
  DriftController,
  DriftEstimator,
  positionAt,
  type RateCapabilities,
  scheduled,
  type Timeline,
  timelineFrom,
  viewAt,
} from '@/sync';
import { type PlayerTraits, SimulatedPlayer } from './simulated-player';

export class SimulatedViewer {
  readonly player: SimulatedPlayer;
  readonly estimator = new DriftEstimator();
  readonly controller: DriftController;
  state: PlayerState = 'idle';
  troubled = false;
  now = 0;
  #timeline: Timeline;
  #wakeAt = 0;
  /** The timer of a browser is a little late, never early. */
  readonly #timerLag: () => number;

  constructor(playback: PlaybackState, traits: PlayerTraits, capabilities: RateCapabilities, startAt = 0) {
    this.#timeline = timelineFrom(playback);
    this.player = new SimulatedPlayer(traits);
    this.controller = new DriftController(capabilities);
    this.now = startAt;
    this.#wakeAt = startAt;
    this.#timerLag = () => traits.random() * 3;
  }

  receive(command: SyncCommand): void {
    this.#timeline = scheduled(this.#timeline, command, this.now);
    this.estimator.forget();
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
      if (frame) {
        const view = viewAt(this.#timeline, frame.shownAt);
        this.estimator.note(frame, positionAt(view.current, frame.shownAt));
      }
      if (this.now >= this.#wakeAt) this.#decide();
      each();
    }
    return this;
  }

  #decide(): void {
    const decision = this.controller.step({
      now: this.now,
      serverNow: this.now,
      timeline: viewAt(this.#timeline, this.now),
      player: this.player.view(),
      driftMs: this.estimator.drift(this.now),
      durationMs: 3_600_000,
    });
    for (const action of decision.actions) {
      if (action.kind === 'disturb') this.estimator.disturb(this.now);
      else this.player.act(action, this.now);
    }
    this.state = decision.state;
    this.troubled = decision.troubled;
    // Browsers announce what a player does by events, and each is a reason to look again.
    const moved = decision.actions.some(({ kind }) => kind === 'play' || kind === 'pause' || kind === 'seek');
    this.#wakeAt = this.now + (moved ? 2 : decision.nextInMs) + this.#timerLag();
  }
}
