/** Where a film begins that is still being made: its playlist names qualities of which there is nothing yet (TRN-3). */

type Level = { height: number; bitrate: number };

/** Left to the player: it measures the network with the smallest first. */
export const AUTOMATIC = -1;

/** The smallest of what can be watched now, unless that is everything or nothing that the playlist names. */
export function startLevel(levels: readonly Level[], watchable: readonly number[]): number {
  const there = levels.flatMap(({ height, bitrate }, index) =>
    watchable.includes(height) ? [{ index, bitrate }] : [],
  );
  if (there.length === 0 || there.length === levels.length) return AUTOMATIC;
  return there.reduce((least, level) => (level.bitrate < least.bitrate ? level : least)).index;
}
