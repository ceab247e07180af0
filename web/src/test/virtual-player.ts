/**
 * A player without a browser, as faulty as browsers are; each fault with what is known of it stands in docs/sync.md. Its
 * position is exact at any moment of true time; what it tells of itself is not.
 */

import type { PilotAction, PlayerView } from '@/sync';
import type { EventQueue } from './event-queue';
import { exponential } from './random';

export type PlayerTraits = {
  /** From `play()` to a moving picture, and by which share of it that varies. */
  startLagMs: number;
  startVaries: number;
  /** A seek within the buffer, and one to what must be fetched. */
  seekLagMs: number;
  loadLagMs: number;
  /** What is in the sound card's queue is played at the old speed. */
  rateLatencyMs: number;
  /** The sound card's crystal against true time. */
  cardPpm: number;
  refreshHz: number;
  /** Frames that miss their refresh of the screen. */
  lateFrames: number;
  /** The picture is ahead of the player's clock by up to this, chosen anew at each start and seek. */
  leadMs: number;
  /** What is lost whenever the speed returns to normal. */
  excursionMs: number;
  /** How far beside its target a seek may land. */
  landingMs: number;
  /** The speeds it has, if it has only some. */
  rates: readonly number[] | null;
  /** What its word of its own position is off by. */
  wordNoiseMs: number;
  random: () => number;
};

export const FRAME_MS = 40;
/** What must be in the buffer for the player to go on. */
const LEAST_BUFFER_MS = 100;

export class VirtualPlayer {
  readonly #traits: PlayerTraits;
  readonly #events: EventQueue;
  readonly #phase: number;
  /** Something changed that browsers announce by an event. */
  onChange: () => void = () => {};
  onFrame: (frame: { mediaTimeMs: number; shownAt: number }) => void = () => {};
  /** Speeds that were asked for, jumps and stops, with their moment: what people hear and see. */
  readonly deeds: { at: number; kind: 'rate' | 'seek' | 'play' | 'pause'; rate: number }[] = [];
  /** Moments at which it ran out of data and at which some came. */
  readonly stalls: number[] = [];
  loaded = true;
  paused = true;
  seeking = false;
  starved = false;
  bufferedUntilMs = Number.POSITIVE_INFINITY;
  bufferedFromMs = 0;
  rate = 1;
  #position = 0;
  #at = 0;
  #moving = false;
  /** The speed that is heard by now. */
  #heard = 1;
  #lead = 0;
  /** Each grows with whatever makes void what had been planned of its kind. */
  readonly #awaited: { at: number | null }[] = [];
  #seekOrder = 0;
  #startOrder = 0;
  #frameOrder = 0;
  #picture = -1;

  constructor(traits: PlayerTraits, events: EventQueue) {
    this.#traits = traits;
    this.#events = events;
    this.#phase = traits.random();
  }

  /** The exact place that its clock, and so its sound, is at. */
  position(): number {
    const { now } = this.#events;
    this.#position += (now - this.#at) * this.#speed();
    this.#at = now;
    return this.#position;
  }

  /** The place that a camera in front of the screen would find, averaged over frames. */
  light(): number {
    const refresh = 1000 / this.#traits.refreshHz;
    return this.position() + this.#lead - (this.#moving ? this.#heard * refresh * (0.5 + this.#traits.lateFrames) : 0);
  }

  get usualStartLagMs(): number {
    return this.#traits.startLagMs;
  }

  get moving(): boolean {
    return this.#moving;
  }

  view(): PlayerView {
    const { random, wordNoiseMs } = this.#traits;
    const positionMs = this.position() + (this.#moving ? (random() - 0.5) * 2 * wordNoiseMs : 0);
    return {
      positionMs,
      paused: this.paused,
      seeking: this.seeking,
      ready: this.loaded && !this.seeking && !this.starved,
      blocked: false,
      buffered: [{ startMs: this.bufferedFromMs, endMs: this.bufferedUntilMs }],
    };
  }

  act(action: PilotAction): void {
    const { now } = this.#events;
    this.position();
    if (action.kind === 'rate') this.#setRate(action.rate);
    if (action.kind === 'play' && this.paused) this.#play();
    if (action.kind === 'pause' && !this.paused) this.#pause();
    if (action.kind === 'seek') this.#seek(action.toMs);
    if (action.kind !== 'lowerQuality') this.deeds.push({ at: now, kind: action.kind, rate: this.rate });
  }

  /** Opens a film near a place, as a page does that was just loaded; playable there after a while. */
  open(nearMs: number, afterMs: number, canPlay: () => void): void {
    this.loaded = false;
    this.bufferedFromMs = nearMs - 500;
    this.bufferedUntilMs = nearMs + 6_000;
    this.#position = nearMs;
    this.#events.after(afterMs, () => {
      this.loaded = true;
      this.bufferedUntilMs = Number.POSITIVE_INFINITY;
      canPlay();
      this.#announce();
    });
  }

  /** Will be told when the next new frame is shown. */
  nextFrameAt(): { at: number | null } {
    const told = { at: null };
    this.#awaited.push(told);
    return told;
  }

  /** The device lost or skipped so much of the film, and says nothing of it. */
  slip(byMs: number): void {
    this.#position = this.position() + byMs;
    this.#planFrame();
  }

  /** The network gave out: nothing comes for so long. */
  starve(forMs: number): void {
    this.position();
    this.stalls.push(this.#events.now);
    this.starved = true;
    this.#update();
    this.onChange();
    this.#events.after(forMs, () => {
      this.stalls.push(this.#events.now);
      this.position();
      this.starved = false;
      this.#startMoving(this.#traits.startLagMs / 2);
      this.onChange();
    });
  }

  #play(): void {
    this.paused = false;
    if (!this.seeking) this.#startMoving(this.#startLag());
    this.#announce();
  }

  #pause(): void {
    this.paused = true;
    this.#startOrder += 1;
    this.#update();
    this.#announce();
  }

  #seek(toMs: number): void {
    const { seekLagMs, loadLagMs, landingMs, random } = this.#traits;
    const known = toMs >= this.bufferedFromMs && toMs + LEAST_BUFFER_MS < this.bufferedUntilMs;
    this.#position = Math.max(0, toMs + (random() - 0.5) * 2 * landingMs);
    this.#picture = -1;
    this.seeking = true;
    this.#update();
    this.#startOrder += 1;
    const order = ++this.#seekOrder;
    this.#events.after((known ? seekLagMs : loadLagMs) * (0.8 + 0.5 * random()), () => {
      if (order !== this.#seekOrder) return;
      this.seeking = false;
      if (!known) this.bufferedFromMs = this.#position - 100;
      if (!this.paused) this.#startMoving(this.#startLag() / 2);
      this.#announce();
    });
  }

  #setRate(wanted: number): void {
    const rates = this.#traits.rates;
    const rate = rates === null ? wanted : nearest(rates, wanted);
    if (rate === this.rate) return;
    const lost = rate === 1 && this.#moving ? this.#traits.excursionMs : 0;
    this.rate = rate;
    this.#events.after(this.#moving ? this.#traits.rateLatencyMs : 0, () => {
      this.position();
      this.#position += lost;
      this.#heard = rate;
      this.#planFrame();
    });
  }

  #startLag(): number {
    const { startLagMs, startVaries, random } = this.#traits;
    return startLagMs * (1 + (random() + random() - 1) * startVaries);
  }

  #startMoving(lag: number): void {
    const order = ++this.#startOrder;
    this.#events.after(lag, () => {
      if (order !== this.#startOrder || this.paused || this.seeking || this.starved) return;
      this.position();
      this.#lead = this.#traits.random() * this.#traits.leadMs;
      this.#heard = this.rate;
      this.#update();
      this.#announce();
    });
  }

  #update(): void {
    this.position();
    this.#moving = !this.paused && !this.seeking && !this.starved;
    this.#planFrame();
  }

  #speed(): number {
    return this.#moving ? this.#heard * (1 + this.#traits.cardPpm * 1e-6) : 0;
  }

  /** The next frame comes to the screen with the first refresh after it is due. */
  #planFrame(): void {
    const order = ++this.#frameOrder;
    if (!this.#moving) return;
    const { refreshHz, lateFrames, random } = this.#traits;
    const refresh = 1000 / refreshHz;
    const shown = this.position() + this.#lead;
    const dueIn = (FRAME_MS - (shown % FRAME_MS)) / this.#speed();
    const due = this.#events.now + dueIn + (random() < lateFrames ? refresh : 0);
    const at = (Math.ceil(due / refresh + this.#phase) - this.#phase) * refresh;
    this.#events.at(at, () => {
      if (order !== this.#frameOrder) return;
      const picture = Math.floor((this.position() + this.#lead) / FRAME_MS);
      if (picture !== this.#picture) this.#show(picture, at);
      this.#planFrame();
    });
  }

  #show(picture: number, at: number): void {
    this.#picture = picture;
    for (const told of this.#awaited.splice(0)) told.at = at;
    this.onFrame({ mediaTimeMs: picture * FRAME_MS, shownAt: at });
  }

  /** Events come a moment after what they tell of. */
  #announce(): void {
    this.#events.after(0.5 + exponential(this.#traits.random, 1), () => this.onChange());
  }
}

function nearest(rates: readonly number[], wanted: number): number {
  return rates.reduce((best, rate) => (Math.abs(rate - wanted) < Math.abs(best - wanted) ? rate : best));
}
