/**
 * Brings a playing film back into place by its speed alone (SYNC-9, DESIGN §5): inaudibly, in few and decided nudges.
 *
 * Nudges are not free: a browser loses or gains some position each time it leaves its normal speed. So a nudge starts
 * only beyond a tolerance, keeps its direction, aims past the goal by what leaving it will cost (learnt), and one that
 * did not help makes the next less eager. That is what keeps it from oscillating.
 */

import type { LocalTime } from './clock-model';

/** What a player can do about its speed. */
export type RateCapabilities = {
  /** The smallest change of speed that it really makes. */
  rateStep: number;
  /** Closer than this its picture cannot be steered. */
  toleranceMs: number;
  /** What one excursion of the speed is expected to move the picture by, by itself. */
  excursionCostMs: number;
};

type Nudge = { direction: 1 | -1; since: LocalTime; from: number; band: Band };
type Aftermath = { endedAt: LocalTime; startedFrom: number; leftAt: number };

/** Up to which error, the share of it taken back each second, and the largest change of speed. */
type Band = { upToMs: number; gain: number; cap: number };

const BANDS: readonly Band[] = [
  { upToMs: 40, gain: 0.8, cap: 0.02 },
  { upToMs: 120, gain: 0.8, cap: 0.04 },
  { upToMs: Number.POSITIVE_INFINITY, gain: 0.8, cap: 0.08 },
];
/** With sound, 8 % is heard as a change of pitch or pace: only for a few seconds. */
const STEADY_CAP = 0.04;
const HURRY_MS = 4_000;
const HYSTERESIS = 0.75;
const HOLD_MS = 500;
const CLOSE_ENOUGH_MS = 4;
/** The picture takes about this long to be itself again after the speed went back. */
const AFTERMATH_MS = 800;
const MAX_COST_MS = 40;
/** Slower than this a nudge lasts longer than what it mends. */
const LEAST_NUDGE = 0.002;
/** A speed is changed only by so much of itself: what is measured trembles more than that. */
const WORTH_CHANGING = 0.3;
const COST_LEARNING = 0.3;
const MAX_TOLERANCE_MS = 30;
const TOLERANCE_RECOVERY = 0.98;

export class Steering {
  readonly #capabilities: RateCapabilities;
  #nudge: Nudge | null = null;
  #aftermath: Aftermath | null = null;
  #cost: number;
  #tolerance: number;
  #offset = 0;
  #changedAt: LocalTime = Number.NEGATIVE_INFINITY;

  constructor(capabilities: RateCapabilities) {
    this.#capabilities = capabilities;
    this.#cost = capabilities.excursionCostMs;
    this.#tolerance = capabilities.toleranceMs;
  }

  /** Gives up what is under way: the player was moved, and its error has nothing to do with the old one. */
  reset(): void {
    this.#nudge = null;
    this.#aftermath = null;
    this.#offset = 0;
  }

  /** The relative change of speed to play with now: 0 for none, 0.01 for one per cent faster. */
  offset(driftMs: number | null, now: LocalTime): number {
    if (driftMs === null) return this.#offset;
    if (this.#nudge === null) this.#rest(driftMs, now);
    else this.#press(this.#nudge, driftMs, now);
    return this.#offset;
  }

  /** In how many milliseconds the present nudge will have done its work. */
  dueInMs(driftMs: number | null): number {
    if (this.#nudge === null || driftMs === null || this.#offset === 0) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#remaining(this.#nudge, driftMs) / Math.abs(this.#offset));
  }

  #rest(driftMs: number, now: LocalTime): void {
    if (this.#aftermath !== null) {
      if (now - this.#aftermath.endedAt < AFTERMATH_MS) return;
      this.#learn(this.#aftermath, driftMs);
      this.#aftermath = null;
    }
    const base = this.#capabilities.toleranceMs;
    this.#tolerance = base + (this.#tolerance - base) * TOLERANCE_RECOVERY;
    if (Math.abs(driftMs) <= this.#tolerance) return;
    const direction = driftMs > 0 ? -1 : 1;
    this.#nudge = { direction, since: now, from: driftMs, band: bandOf(this.#distance(driftMs)) };
    this.#set(this.#strength(this.#nudge, driftMs, now) * direction, now);
  }

  #press(nudge: Nudge, driftMs: number, now: LocalTime): void {
    if (this.#remaining(nudge, driftMs) <= 0) {
      this.#finish(nudge, driftMs, now);
      return;
    }
    if (now - this.#changedAt < HOLD_MS) return;
    nudge.band = narrower(nudge.band, this.#distance(driftMs));
    const next = this.#strength(nudge, driftMs, now) * nudge.direction;
    if (Math.abs(next - this.#offset) > WORTH_CHANGING * Math.abs(this.#offset)) this.#set(next, now);
  }

  /** What is left to move before letting go. Letting go itself moves the picture by the cost. */
  #remaining(nudge: Nudge, driftMs: number): number {
    const margin = Math.min(CLOSE_ENOUGH_MS, this.#capabilities.toleranceMs / 2);
    return -nudge.direction * (driftMs + this.#cost) - margin;
  }

  /** How far it is to where letting go would leave it in place. */
  #distance(driftMs: number): number {
    return Math.abs(driftMs + this.#cost);
  }

  #strength(nudge: Nudge, driftMs: number, now: LocalTime): number {
    const hurrying = now - nudge.since < HURRY_MS;
    const cap = hurrying ? nudge.band.cap : Math.min(nudge.band.cap, STEADY_CAP);
    const wanted = Math.min(cap, (nudge.band.gain * this.#distance(driftMs)) / 1000);
    const { rateStep } = this.#capabilities;
    return Math.max(LEAST_NUDGE, Math.round(wanted / rateStep) * rateStep);
  }

  #finish(nudge: Nudge, driftMs: number, now: LocalTime): void {
    this.#aftermath = { endedAt: now, startedFrom: nudge.from, leftAt: driftMs };
    this.#nudge = null;
    this.#set(0, now);
  }

  #learn({ startedFrom, leftAt }: Aftermath, driftMs: number): void {
    const cost = this.#cost + COST_LEARNING * (driftMs - leftAt - this.#cost);
    this.#cost = Math.max(-MAX_COST_MS, Math.min(MAX_COST_MS, cost));
    const helped = Math.abs(driftMs) < Math.abs(startedFrom) * 0.7;
    if (!helped) this.#tolerance = Math.min(MAX_TOLERANCE_MS, this.#tolerance * 1.5);
  }

  #set(offset: number, now: LocalTime): void {
    if (offset === this.#offset) return;
    this.#offset = offset;
    this.#changedAt = now;
  }
}

function bandOf(error: number): Band {
  return BANDS.find((band) => error <= band.upToMs) ?? (BANDS.at(-1) as Band); // the last band is unbounded
}

/** Within a nudge the band only narrows, and only once the error is clearly inside the narrower one. */
function narrower(band: Band, error: number): Band {
  const inside = bandOf(error / HYSTERESIS);
  return inside.upToMs < band.upToMs ? inside : band;
}
