/** How the engines of browsers differ where films are shown. Measured, not guessed; each number has a comment from where. */

export type EngineName = 'chromium' | 'gecko' | 'webkit';

export type Engine = {
  name: EngineName;
  /** Pixels are lit this much after `expectedDisplayTime`; negative: before. */
  displayOffsetMs: number;
};

/*
 * Medians of `make bench-displays`: on a display that is drawn by software, Chromium 156 announced a display time 12 ms too late
 * and Firefox 153 one 1 ms too early. WebKit could not be measured and is taken at its word.
 */
const ENGINES: Record<EngineName, Engine> = {
  chromium: { name: 'chromium', displayOffsetMs: -12 },
  gecko: { name: 'gecko', displayOffsetMs: 1 },
  webkit: { name: 'webkit', displayOffsetMs: 0 },
};

/** Farther from normal than any nudge: somebody chose this speed, and voices should sound as voices do. */
const CHOSEN_SPEED = 0.1;

/**
 * Whether the pitch is to be preserved at a speed. For nudges it is not: Chromium 156 falls back by 25 ms (and up to 150) each
 * time it switches its pitch correction on or off, which is what leaving and reaching 1 does, while the change of pitch
 * by some tenths of a per cent for a second is not heard.
 */
export function keepsPitch(rate: number): boolean {
  return Math.abs(rate - 1) > CHOSEN_SPEED;
}

export function engineOf(userAgent: string): Engine {
  if (/firefox|gecko\/\d/iu.test(userAgent)) return ENGINES.gecko;
  return /chrome|chromium|edg\//iu.test(userAgent) ? ENGINES.chromium : ENGINES.webkit;
}
