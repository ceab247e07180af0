/** What each adapter can do in each engine: the table that the controller steers by. Measured where a comment says so. */

import type { Lags, PlayerCapabilities } from '@/sync';
import type { EngineName } from './engine';

/** How a film comes to the screen: by hls.js, as a plain file, by the browser's own HLS, or in somebody else's frame. */
export type Adapter = 'hls_js' | 'file' | 'native_hls' | 'embedded';

/*
 * `speeds` and `excursionCostMs` hold while the pitch is not preserved (see `keepsPitch`): then neither Chromium 156 nor
 * Firefox 153 loses position when its speed changes (within 2 ms of its clock), and both follow changes of 0.03 %. By its
 * source, Chromium then resamples at any rate, so a trim of a few ppm is kept as well; with the pitch preserved, rates within
 * 0.1 % of 1 would be 1. Nobody has measured trims that small: where one has no effect, nudges do its work.
 * WebKit could not be measured, so nothing is asked of it that is fine.
 *
 * `toleranceMs` may be as small as the picture can be told: when a nudge does not help, or frames tremble, the steering widens
 * it by itself.
 */
const BY_ENGINE: Record<EngineName, Omit<PlayerCapabilities, 'lags' | 'jumpMs'>> = {
  chromium: { speeds: { kind: 'any', step: 0.0005, trimStep: 0.00001 }, toleranceMs: 4, excursionCostMs: 0 },
  gecko: { speeds: { kind: 'any', step: 0.0005, trimStep: 0.00001 }, toleranceMs: 4, excursionCostMs: 0 },
  webkit: { speeds: { kind: 'any', step: 0.002, trimStep: 0 }, toleranceMs: 14, excursionCostMs: 0 },
};

/** Chromium was seen to start after 25 ms and Firefox after 70; the first start of a device teaches what it takes. */
const LAGS: Record<Adapter, Lags> = {
  hls_js: { startMs: 50, restartMs: 50, seekMs: 160, loadMs: 550 },
  // A range request to a file costs less than the segments of a list, and a film's index lies in front.
  file: { startMs: 50, restartMs: 50, seekMs: 160, loadMs: 400 },
  native_hls: { startMs: 80, restartMs: 80, seekMs: 250, loadMs: 900 },
  embedded: { startMs: 150, restartMs: 250, seekMs: 700, loadMs: 1_500 },
};

/** At 4 % it would take ten seconds to close 400 ms, and people see a room out of step sooner than a jump. */
const JUMP_MS = 400;

/** A player in a frame, such as YouTube's: it has a menu of speeds, tells its place now and then, and reloads to seek. */
const EMBEDDED: Omit<PlayerCapabilities, 'lags'> = {
  speeds: { kind: 'listed', rates: [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] },
  toleranceMs: 150,
  excursionCostMs: 0,
  // A quarter faster closes a second in four; seeking takes as long and stops the film.
  jumpMs: 1_500,
};

export function capabilitiesOf(adapter: Adapter, engine: EngineName): PlayerCapabilities {
  const lags = LAGS[adapter];
  return adapter === 'embedded' ? { ...EMBEDDED, lags } : { ...BY_ENGINE[engine], jumpMs: JUMP_MS, lags };
}
