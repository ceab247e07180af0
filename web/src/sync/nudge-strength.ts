/** How strongly to nudge: the table of DESIGN §5, within what the player can do. */

/** Up to which error, the share of it taken back each second, and the largest change of speed. */
export type Band = { upToMs: number; gain: number; cap: number };

const BANDS: readonly Band[] = [
  { upToMs: 8, gain: 0.12, cap: 0.02 },
  { upToMs: 40, gain: 0.8, cap: 0.02 },
  { upToMs: 120, gain: 0.8, cap: 0.04 },
  { upToMs: Number.POSITIVE_INFINITY, gain: 0.8, cap: 0.08 },
];
/** With sound, 8 % is heard as a change of pitch or pace: only for a few seconds. */
const STEADY_CAP = 0.04;
/** Right after a start nobody has settled into the film yet, and being in step soon is worth more than being gentle. */
const HURRY = { gain: 2, leastCap: 0.04 };
const HYSTERESIS = 0.75;
/** Slower than this a nudge lasts longer than what it mends. */
const LEAST_NUDGE = 0.001;

export function bandOf(error: number): Band {
  return BANDS.find((band) => error <= band.upToMs) ?? (BANDS.at(-1) as Band); // the last band is unbounded
}

/** Within a nudge the band changes only once the error is clearly inside another one. */
export function rebanded(band: Band, error: number): Band {
  const narrower = bandOf(error / HYSTERESIS);
  if (narrower.upToMs < band.upToMs) return narrower;
  const wider = bandOf(error * HYSTERESIS);
  return wider.upToMs > band.upToMs ? wider : band;
}

export type Haste =
  /** The film has just started or the nudge has just begun. */
  'started' | 'begun' | 'steady';

/** The size of the relative change of speed, in steps that the player makes. */
export function nudgeStrength(step: number, band: Band, distanceMs: number, haste: Haste): number {
  const cap = capOf(band, haste);
  const gain = haste === 'started' ? band.gain * HURRY.gain : band.gain;
  const wanted = Math.min(cap, (gain * distanceMs) / 1000);
  return Math.max(LEAST_NUDGE, step, Math.round(wanted / step) * step);
}

function capOf({ cap }: Band, haste: Haste): number {
  if (haste === 'started') return Math.max(cap, HURRY.leastCap);
  return haste === 'begun' ? cap : Math.min(cap, STEADY_CAP);
}

/** Whoever has a menu of speeds has no gentle ones, so the nearest is taken, for the shorter a time; 0 when there is none. */
export function gentlestListed(rates: readonly number[], base: number, direction: 1 | -1): number {
  const strengths = rates.map((rate) => direction * (rate / base - 1)).filter((strength) => strength > 0);
  return strengths.length === 0 ? 0 : Math.min(...strengths);
}
