/**
 * Brings a playing film back into place by its speed alone (SYNC-9, DESIGN §5): inaudibly, in few and decided nudges.
 *
 * Nudges are not always free: some browsers lose or gain position each time they leave their normal speed. So a nudge starts
 * only beyond a tolerance, keeps its direction, aims past the goal by what leaving it will cost (learnt), and one that
 * did not help makes the next less eager. That is what keeps it from oscillating. In between the player rests at its trim.
 */

import type { PlayerCapabilities } from './capabilities';
import type { LocalTime } from './clock-model';
import type { Drift } from './drift-estimator';
import { type Band, bandOf, gentlestListed, nudgeStrength, rebanded } from './nudge-strength';
import { Tolerance } from './tolerance';
import { Trim } from './trim';

type Nudge = { direction: 1 | -1; since: LocalTime; from: number; band: Band };
type Aftermath = { endedAt: LocalTime; startedFrom: number; leftAt: number };

const HOLD_MS = 500;
const HURRY_MS = 4_000;
/** The picture takes about this long to be itself again after the speed went back. */
const AFTERMATH_MS = 800;
const MAX_COST_MS = 40;
/** A speed is changed only by so much of itself: what is measured trembles more than that. */
const WORTH_CHANGING = 0.3;
const COST_LEARNING = 0.3;
/** Moved by more than this unexpectedly, it was not the sound card that moved it. */
const SLIP_MS = 4;

export class Steering {
  readonly #capabilities: PlayerCapabilities;
  readonly #trim: Trim;
  readonly #tolerance: Tolerance;
  #nudge: Nudge | null = null;
  #aftermath: Aftermath | null = null;
  #base = 1;
  #cost: number;
  /** What the nudge adds to the trim. */
  #offset = 0;
  #changedAt: LocalTime = Number.NEGATIVE_INFINITY;
  #startedAt: LocalTime = Number.NEGATIVE_INFINITY;

  constructor(capabilities: PlayerCapabilities) {
    this.#capabilities = capabilities;
    this.#trim = new Trim(capabilities.speeds);
    this.#tolerance = new Tolerance(capabilities.toleranceMs);
    this.#cost = capabilities.excursionCostMs;
  }

  /** The film was set in motion. */
  started(now: LocalTime): void {
    this.#startedAt = now;
  }

  /** Gives up what is under way: the player was moved, and its error has nothing to do with the old one. */
  reset(): void {
    this.#nudge = null;
    this.#aftermath = null;
    this.#offset = 0;
    this.#trim.interrupt();
  }

  /**
   * The relative change of speed to play with now: 0 for none, 0.01 for one per cent faster. `base` is the room's speed, and
   * `personalMs` what the person does not mind.
   */
  offset(drift: Drift | null, now: LocalTime, base: number, personalMs: number): number {
    this.#rebase(base);
    if (drift === null) return this.#offset + this.#resting(base);
    if (base === 1) this.#trim.note(drift, now);
    if (this.#nudge === null) this.#rest(drift, now, base, personalMs);
    else this.#press(this.#nudge, drift.ms, now, base);
    return this.#offset + this.#resting(base);
  }

  /** In how many milliseconds the present nudge will have done its work. */
  dueInMs(drift: Drift | null): number {
    if (this.#nudge === null || drift === null || this.#offset === 0) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#remaining(this.#nudge, drift.ms) / Math.abs(this.#offset));
  }

  /** The room runs at another speed: what its players skipped while changing theirs is no work of the sound card. */
  #rebase(base: number): void {
    if (base === this.#base) return;
    this.#base = base;
    this.#trim.interrupt();
  }

  /** Chosen speeds keep the pitch, by which trims are lost. */
  #resting(base: number): number {
    return base === 1 ? this.#trim.value : 0;
  }

  #rest(drift: Drift, now: LocalTime, base: number, personalMs: number): void {
    if (this.#aftermath !== null) {
      if (now - this.#aftermath.endedAt < AFTERMATH_MS) return;
      this.#learn(this.#aftermath, drift.ms);
      this.#aftermath = null;
    }
    this.#tolerance.calm();
    if (Math.abs(drift.ms) <= Math.max(personalMs, this.#tolerance.of(drift, now))) return;
    const direction = drift.ms > 0 ? -1 : 1;
    const nudge = { direction, since: now, from: drift.ms, band: bandOf(this.#distance(drift.ms)) } as const;
    const strength = this.#strength(nudge, drift.ms, now, base);
    if (strength === 0) return;
    this.#nudge = nudge;
    this.#set(strength * direction, now);
  }

  #press(nudge: Nudge, driftMs: number, now: LocalTime, base: number): void {
    if (this.#remaining(nudge, driftMs) <= 0) {
      this.#finish(nudge, driftMs, now);
      return;
    }
    if (now - this.#changedAt < HOLD_MS) return;
    nudge.band = rebanded(nudge.band, this.#distance(driftMs));
    const next = this.#strength(nudge, driftMs, now, base) * nudge.direction;
    if (Math.abs(next - this.#offset) > WORTH_CHANGING * Math.abs(this.#offset)) this.#set(next, now);
  }

  /** What is left to move before letting go. Letting go itself moves the picture by the cost. */
  #remaining(nudge: Nudge, driftMs: number): number {
    return -nudge.direction * (driftMs + this.#cost);
  }

  /** How far it is to where letting go would leave it in place. */
  #distance(driftMs: number): number {
    return Math.abs(driftMs + this.#cost);
  }

  #strength(nudge: Nudge, driftMs: number, now: LocalTime, base: number): number {
    const { speeds } = this.#capabilities;
    if (speeds.kind === 'listed') return gentlestListed(speeds.rates, base, nudge.direction);
    const begun = now - nudge.since < HURRY_MS ? 'begun' : 'steady';
    const haste = now - this.#startedAt < HURRY_MS ? 'started' : begun;
    return nudgeStrength(speeds.step, nudge.band, this.#distance(driftMs), haste);
  }

  #finish(nudge: Nudge, driftMs: number, now: LocalTime): void {
    this.#aftermath = { endedAt: now, startedFrom: nudge.from, leftAt: driftMs };
    this.#nudge = null;
    this.#set(0, now);
  }

  #learn({ startedFrom, leftAt }: Aftermath, driftMs: number): void {
    const slip = driftMs - leftAt;
    const cost = this.#cost + COST_LEARNING * (slip - this.#cost);
    this.#cost = Math.max(-MAX_COST_MS, Math.min(MAX_COST_MS, cost));
    if (Math.abs(slip) > SLIP_MS) this.#trim.interrupt();
    if (Math.abs(driftMs) >= Math.abs(startedFrom) * 0.7) this.#tolerance.didNotHelp();
  }

  #set(offset: number, now: LocalTime): void {
    if (offset === this.#offset) return;
    this.#offset = offset;
    this.#changedAt = now;
    this.#tolerance.changed(now);
  }
}
