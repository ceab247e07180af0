/** What a kind of player can do, and how well: the controller asks of it no more than that (DESIGN §5). */

/** Which speeds it can be given. */
export type Speeds =
  /** Any; `step` is the smallest change that it really makes, `trimStep` the smallest that it keeps up for minutes (0: none). */
  | { kind: 'any'; step: number; trimStep: number }
  /** Only these, such as the ones in a menu. */
  | { kind: 'listed'; rates: readonly number[] };

export type PlayerCapabilities = {
  speeds: Speeds;
  /** Closer than this its place cannot be told or steered. */
  toleranceMs: number;
  /** What one excursion of the speed is expected to move the picture by, by itself. */
  excursionCostMs: number;
  /** Farther off than this a seek is quicker than steering, with all that a seek costs here. */
  jumpMs: number;
  /** What it usually takes; what this one takes is learnt. */
  lags: Lags;
};

/** How long a player takes for what it is asked to do. */
export type Lags = {
  /** From `play()` to a moving picture, standing where it had stood; after a seek some take less, so that is another. */
  startMs: number;
  restartMs: number;
  /** To a place in the buffer, and to one that must be fetched. */
  seekMs: number;
  loadMs: number;
};
