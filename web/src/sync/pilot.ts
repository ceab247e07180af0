/**
 * One person's player and everything that decides about it, in one place: what its picture showed, where the room is, what
 * he wishes for himself (BEY-5). The browser's loop and the simulator are both thin loops around this.
 */

import type { MediaTime, PlayerState, ServerTime } from '@/api/generated/protocol';
import type { Lags, PlayerCapabilities } from './capabilities';
import type { LocalTime } from './clock-model';
import { DriftController } from './controller';
import { DriftEstimator, type PresentedFrame } from './drift-estimator';
import type { PlayerAction, PlayerView } from './observation';
import { positionAt, type Timeline, viewAt } from './timeline';

/** What a person may set for his own player. */
export type Personal = {
  /** So much ahead of the room his player runs, in time: for a loudspeaker that is late by it. */
  offsetMs: number;
  /** What he does not mind; below it nothing is steered. */
  toleranceMs: number;
};

export type Sight = {
  now: LocalTime;
  serverNow: ServerTime;
  timeline: Timeline;
  player: PlayerView;
  durationMs: MediaTime | null;
  /** No frames are announced, so the player's own word has to do. */
  blind: boolean;
};

export type PilotAction = Exclude<PlayerAction, { kind: 'disturb' }>;

export type Flight = {
  actions: PilotAction[];
  nextInMs: number;
  state: PlayerState;
  driftMs: number | null;
  troubled: boolean;
  /** Where the film should be, and what the player is to run at. */
  targetMs: MediaTime;
  rate: number;
  /** The command that is in force by now. */
  sequenceNumber: number;
};

export const AS_THE_ROOM: Personal = { offsetMs: 0, toleranceMs: 0 };

export class Pilot {
  readonly #controller: DriftController;
  readonly #estimator = new DriftEstimator();
  #personal: Personal = AS_THE_ROOM;
  #rate = 1;

  constructor(capabilities: PlayerCapabilities) {
    this.#controller = new DriftController(capabilities);
  }

  set personal(personal: Personal) {
    if (personal.offsetMs !== this.#personal.offsetMs) this.#estimator.forget();
    this.#personal = personal;
  }

  /** What this device was found to take for what it is asked to do; worth keeping for the next time. */
  get lags(): Lags {
    return this.#controller.lags;
  }

  /** The room moves otherwise than before: what was measured was measured against another movement. */
  roomChanged(): void {
    this.#estimator.forget();
  }

  resync(): void {
    this.#controller.resync();
  }

  /** A frame was shown, at this moment of the server. */
  frame(frame: PresentedFrame, timeline: Timeline, shownAt: ServerTime): void {
    const his = shownAt + this.#personal.offsetMs;
    const { current } = viewAt(timeline, his);
    if (current.isPlaying) this.#estimator.note(frame, positionAt(current, his));
  }

  step(sight: Sight): Flight {
    const { now, player, durationMs } = sight;
    const serverNow = sight.serverNow + this.#personal.offsetMs;
    const timeline = viewAt(sight.timeline, serverNow);
    if (sight.blind && !player.paused)
      this.frame({ mediaTimeMs: player.positionMs, shownAt: now }, sight.timeline, sight.serverNow);
    const drift = this.#estimator.drift(now);
    const { toleranceMs } = this.#personal;
    const decision = this.#controller.step({ now, serverNow, timeline, player, drift, toleranceMs, durationMs });
    return {
      actions: decision.actions.filter((action) => this.#noted(action, now, timeline.current.playbackRate)),
      nextInMs: decision.nextInMs,
      state: decision.state,
      driftMs: timeline.current.isPlaying ? (drift?.ms ?? null) : null,
      troubled: decision.troubled,
      targetMs: positionAt(timeline.current, serverNow),
      rate: this.#rate,
      sequenceNumber: timeline.current.sequenceNumber,
    };
  }

  /** What the estimator must know of an action; whether the action is the player's. */
  #noted(action: PlayerAction, now: LocalTime, roomRate: number): action is PilotAction {
    if (action.kind === 'disturb') this.#estimator.disturb(now);
    if (action.kind === 'rate') {
      this.#rate = action.rate;
      this.#estimator.steer(action.rate - roomRate, now);
    }
    return action.kind !== 'disturb';
  }
}
