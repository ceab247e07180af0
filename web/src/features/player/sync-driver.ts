/**
 * The loop around the drift controller: shows it the player and the room, carries out what it decides, and comes back when
 * it asks to be. Everything that decides is in `sync`; here are the timers.
 */

import type { MediaTime, PlayerReport, PlayerState, ServerTime } from '@/api/generated/protocol';
import { noteCorrection, noteLoad, noteSample, noteTrouble } from '@/features/diagnostics';
import type { Player, PlayerTrouble } from '@/players';
import {
  type ClockQuality,
  type Flight,
  type LocalTime,
  type Personal,
  Pilot,
  type PilotAction,
  type PlayerView,
  type PresentedFrame,
  type Timeline,
} from '@/sync';
import { rememberedLags, rememberLags } from './device-memory';

/** What the driver needs of the room. */
export type Room = {
  timeline: () => Timeline | null;
  serverTime: (local: LocalTime) => ServerTime | null;
  durationMs: () => MediaTime | null;
  link: () => ClockQuality | null;
  report: (report: PlayerReport) => void;
  acknowledge: (sequenceNumber: number, executedAt: ServerTime) => void;
};

export type DriverStatus = { state: PlayerState; driftMs: number | null; troubled: boolean };

const NOT_YET_MS = 200;
const REPORT_MS = 1_000;
/** Told at once rather than within the second: others wait for it or worry about it. */
const DRIFT_WORTH_TELLING_MS = 150;

export class SyncDriver {
  readonly #player: Player;
  readonly #room: Room;
  readonly #onStatus: (status: DriverStatus) => void;
  readonly #pilot: Pilot;
  readonly #unsubscribe: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reporter: ReturnType<typeof setInterval>;
  #status: DriverStatus = { state: 'loading', driftMs: null, troubled: false };
  #told: DriverStatus | null = null;
  #acknowledged = -1;
  #framesSeen = false;

  constructor(player: Player, room: Room, onStatus: (status: DriverStatus) => void) {
    this.#player = player;
    this.#room = room;
    this.#onStatus = onStatus;
    this.#pilot = new Pilot({ ...player.capabilities, lags: rememberedLags(player.adapter, player.capabilities.lags) });
    this.#unsubscribe = player.subscribe((event) => {
      if (event.kind === 'frame') this.#frame(event.frame);
      else if (event.kind === 'loaded') noteLoad(event.load);
      else if (event.kind === 'trouble') this.#trouble(event.trouble);
      else if (event.kind === 'change' || event.kind === 'autoplay') this.step();
    });
    this.#reporter = setInterval(() => this.#report(), REPORT_MS);
    addEventListener('pagehide', this.#remember);
    this.step();
  }

  /** The room moves otherwise than before. */
  roomChanged(): void {
    this.#pilot.roomChanged();
    this.step();
  }

  /** What this person wishes for his own player (BEY-5). */
  personalise(personal: Personal): void {
    this.#pilot.personal = personal;
    this.step();
  }

  resync(): void {
    this.#pilot.resync();
    this.step();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#reporter);
    this.#unsubscribe();
    removeEventListener('pagehide', this.#remember);
    this.#remember();
    // Nobody is to wait for a film that is closed here, or for one that this browser cannot play.
    this.#room.report({ state: 'idle', positionMs: 0, driftMs: null, bufferedMs: 0, roundTripMs: null });
  }

  step(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.step(), this.#decide());
  }

  /** Decides and acts; returns when to do so again. */
  #decide(): number {
    const now = performance.now();
    const serverNow = this.#room.serverTime(now);
    const timeline = this.#room.timeline();
    if (serverNow === null || timeline === null || !this.#player.loaded) {
      this.#publish({ state: 'loading', driftMs: null, troubled: false });
      return NOT_YET_MS;
    }
    const player = this.#player.view();
    const flight = this.#pilot.step({
      now,
      serverNow,
      timeline,
      player,
      durationMs: this.#room.durationMs(),
      blind: this.#blind(),
    });
    for (const action of flight.actions) this.#act(action, now);
    this.#sample(now, player, flight);
    this.#publish({ state: flight.state, driftMs: flight.driftMs, troubled: flight.troubled });
    this.#acknowledge(flight.sequenceNumber, serverNow);
    return flight.nextInMs;
  }

  #remember = (): void => rememberLags(this.#player.adapter, this.#pilot.lags);

  #act(action: PilotAction, now: LocalTime): void {
    noteCorrection({ at: now, ...action });
    switch (action.kind) {
      case 'play':
        this.#player.play();
        break;
      case 'pause':
        this.#player.pause();
        break;
      case 'seek':
        this.#player.seek(action.toMs);
        break;
      case 'rate':
        this.#player.setRate(action.rate);
        break;
      case 'lowerQuality':
        this.#player.lowerQuality();
        break;
    }
  }

  #sample(at: LocalTime, player: PlayerView, { state, driftMs, targetMs, rate }: Flight): void {
    const { positionMs } = player;
    noteSample({
      at,
      state,
      driftMs,
      positionMs,
      targetMs,
      rate,
      bufferedMs: bufferedMs(player),
      roundTripMs: this.#room.link()?.roundTripMs ?? null,
      frames: this.#player.frames(),
    });
  }

  #trouble(trouble: PlayerTrouble | null): void {
    if (trouble !== null) noteTrouble({ at: performance.now(), source: 'player', code: trouble });
  }

  #frame(frame: PresentedFrame): void {
    this.#framesSeen = true;
    const timeline = this.#room.timeline();
    const shownAt = this.#room.serverTime(frame.shownAt);
    if (timeline !== null && shownAt !== null) this.#pilot.frame(frame, timeline, shownAt);
  }

  /** No frames are announced: a hidden tab, or a browser that does not tell. The clock of the player has to do. */
  #blind(): boolean {
    return document.hidden || !this.#framesSeen;
  }

  #acknowledge(sequenceNumber: number, serverNow: ServerTime): void {
    if (sequenceNumber === this.#acknowledged || this.#status.state === 'loading') return;
    const first = this.#acknowledged < 0;
    this.#acknowledged = sequenceNumber;
    // The first state was found, not executed.
    if (!first) this.#room.acknowledge(sequenceNumber, serverNow);
  }

  #publish(status: DriverStatus): void {
    this.#status = status;
    this.#onStatus(status);
    const told = this.#told;
    const moved = Math.abs((told?.driftMs ?? 0) - (status.driftMs ?? 0)) > DRIFT_WORTH_TELLING_MS;
    if (told?.state !== status.state || moved) this.#report();
  }

  #report(): void {
    this.#told = this.#status;
    const view = this.#player.view();
    const link = this.#room.link();
    this.#room.report({
      state: this.#status.state,
      positionMs: Math.max(0, Math.round(view.positionMs)),
      driftMs: rounded(this.#status.driftMs),
      bufferedMs: Math.round(bufferedMs(view)),
      roundTripMs: rounded(link?.roundTripMs ?? null),
      ...(link && { roundTripP95Ms: Math.round(link.roundTripP95Ms) }),
    });
  }
}

/** Film ahead of the position that is already there. */
function bufferedMs({ positionMs, buffered }: PlayerView): number {
  const range = buffered.find(({ startMs, endMs }) => startMs <= positionMs + 100 && positionMs < endMs);
  return range ? range.endMs - positionMs : 0;
}

/** Tenths of a millisecond are all that anybody can tell. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
